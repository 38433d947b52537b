"""Where entries stand in the text: what the finder finds there, kept true to names and text, and what people decide."""
