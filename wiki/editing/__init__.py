"""Changes to the wiki, each in one transaction: what was there is recorded, and what its writer does not see stays."""
