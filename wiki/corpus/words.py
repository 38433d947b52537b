"""The words that invented names and texts are made of. Nothing here is anybody's in particular."""

from typing import Final

FIRST: Final = """
Ada Agnes Albie Alda Alma Amos Anders Anneke Anselm Arlo Astrid Aubrey Bea Beatrix Benno Bertil Bram Briony Callum
Carys Cecily Clement Clio Cora Corin Daisy Damaris Declan Delia Desmond Dorrit Edda Edmund Effie Eilidh Elias Eloise
Emeric Enid Ephraim Esme Ezra Fenella Fergus Finn Flora Freya Gideon Gilda Greta Gwen Hamish Hanne Harriet Hedda
Hester Hilde Hugo Ida Idris Ilse Imogen Ingrid Iris Isidor Ivo Jasper Joan Joss Judith Juno Kaspar Katrin Kenji Kit
Klara Lachlan Leda Leif Leonie Lettice Linus Lorna Lucan Ludo Mabel Magnus Maisie Malachi Marguerite Marit Martha
Matteo Maud Merrin Mila Miriam Moira Morag Nadia Nell Nico Ninian Nora Odile Olive Orla Osric Otto Pascal Pearl
Perdita Petra Phoebe Piers Quentin Quill Ragna Ralf Ravi Rhona Roderick Rosalind Rufus Runa Sabine Sanna Selwyn
Seren Sidonie Silas Simone Sorcha Stellan Sunniva Tabitha Tamsin Theda Thora Tilda Tobias Tove Ulric Una Ursula Vera
Viggo Violet Walter Wilhelmina Willa Winifred Xenia Yasmin Yvette Zelda Zora
""".split()  # noqa: SIM905 - a list of words reads better as words
BEGINNINGS: Final = """
Ash Bar Beck Birch Black Bly Brack Bram Bright Brock Cald Carr Chal Clay Cold Crow Dal Dun Elder Ever Fair Farn Fen
Field Frost Gar Glen Gold Gran Grey Hal Hart Hath Haw Hazel Heath Hol Hunt Kel Kirk Lang Lark Lock Long Lyn Mar May
Mel Merri Mill Moor Nether North Oak Or Pem Pen Pres Quar Rad Raven Red Rook Rush Sal Sel Shel Sil South Stan Strat
Sun Swal Thorn Tre Up Wal War Wel West Whit Wild Win Wood Wyn Yar
""".split()  # noqa: SIM905
ENDINGS: Final = """
bourne bridge brook bury by combe cott croft dale den don field fold ford gate grave ham hart hope hurst land ley
low man mere mont more moss ney ridge row sey shaw side son stead stock stone stow thorpe ton tree wall ward water
way well wick win wood worth yard
""".split()  # noqa: SIM905
ADJECTIVES: Final = """
amber bitter blue bright broken brown burnt careful cold copper crooked damp dark distant dry early empty faded
faint far final floating forgotten frozen gentle gilded glass green grey hidden hollow iron last late little lonely
long lost low narrow nervous old open pale paper patient plain quiet restless rough salt scarlet second secret
silent silver slow small softer sober stubborn sudden tall thin uncertain unlit upper velvet wandering warm white
wide winter wooden yellow
""".split()  # noqa: SIM905
NOUNS: Final = """
anchor apron arch attic ballroom basin bell bench boat bottle box bridge bucket button cabin candle chair chimney
clock coat compass corridor counter cup curtain desk door drawer envelope fence ferry fire flag floor flute garden
gate glass glove hammer harbour hat hedge island jar kettle key kitchen ladder lamp lantern ledger letter lock map
mirror needle net oar orchard oven page parcel path pen piano picture pier pillow pocket pond porch quay quilt radio
rail ribbon river roof rope sail scarf shelf shutter spade spoon stair staircase station step stove street suitcase
table tap telegram thread ticket tide tower tray tunnel umbrella valley violin wall watch wharf wheel window
""".split()  # noqa: SIM905
VERBS: Final = """
counted carried folded watched forgot mended opened painted polished remembered rubbed searched shut sold sorted
swept traced turned unlocked weighed wrapped wrote borrowed buried cleaned copied dried emptied found held hid kept
left lifted lit lost measured missed moved named praised pushed
""".split()  # noqa: SIM905
ADVERBS: Final = """
again already alone by_then calmly early for_once in_silence late later quickly quietly slowly twice upstairs
without_a_word at_last on_Sundays before_breakfast after_dark
""".split()  # noqa: SIM905
TRADES: Final = """
baker barber bookbinder carpenter caretaker clerk cook dentist diver doctor draper driver editor engineer farmer
fiddler fishmonger florist gardener glazier governess grocer innkeeper joiner judge lodger locksmith mason mechanic
midwife miller musician notary nurse organist painter pharmacist pilot plumber porter postmistress printer
projectionist sailor schoolteacher signaller smith stoker surveyor tailor tanner teacher typist usher vet watchmaker
weaver
""".split()  # noqa: SIM905
PLACES: Final = """
Arms Avenue Bakery Baths Bay Bridge Café Chapel Church Cliffs Common Cottage Court Crescent Dock Farm Ferry Gardens
Green Hall Head Hill Hotel House Inn Island Kiosk Lane Library Lighthouse Lodge Manor Market Mill Museum Park Pier
Point Pool Quay Row School Square Station Steps Street Terrace Theatre Tower Viaduct Wharf Yard
""".split()  # noqa: SIM905
BODIES: Final = """
Association Bank Board Brewery Brothers Chronicle Club Committee Company Council Guild Herald Institute League
Orchestra Pictures Players Press Society Trust Union
""".split()  # noqa: SIM905
EVENTS: Final = """
Audition Ball Blackout Concert Election Eclipse Fair Fire Flood Funeral Inquest Landslip Lock-in Parade Premiere
Quarrel Regatta Reunion Robbery Sale Storm Strike Trial Vigil Wedding Wreck
""".split()  # noqa: SIM905
MONTHS: Final = "January February March April May June July August September October November December".split()  # noqa: SIM905
NUMBERS: Final = "Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Twenty".split()  # noqa: SIM905
THEMES: Final = """
arrivals borrowing burning candles cold crossing debt departures doubling echoes errands fathers forgiveness gloves
hands hunger inheritance keys letters lies light listening maps mending mirrors music names numbers promises rain
return ruins secrets silence sisters sleep stairs thresholds tides trespass twins waiting water weather windows
winters
""".split()  # noqa: SIM905
RANKS: Final = "Captain Colonel Doctor Father Inspector Judge Lady Miss Mr Mrs Nurse Professor Sergeant Sister".split()  # noqa: SIM905
