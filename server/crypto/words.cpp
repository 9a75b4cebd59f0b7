#include "crypto/words.hpp"

#include <array>

namespace kindroom::crypto {

namespace {

constexpr std::string_view sign_adjectives_[] = {
    "amber",   "airy",    "ample",   "ashen",   "autumn",  "azure",   "balmy",   "bare",    "basil",   "birchen",
    "bold",    "braided", "brave",   "bright",  "brisk",   "bronze",  "calm",    "candid",  "careful", "cedar",
    "chalky",  "cheery",  "clear",   "clever",  "cloudy",  "clover",  "coastal", "cobalt",  "cool",    "copper",
    "coral",   "cosy",    "cotton",  "crisp",   "curious", "curly",   "dappled", "dawning", "deep",    "dewy",
    "downy",   "drifting", "dusky",  "eager",   "early",   "earthen", "easy",    "evening", "even",    "fair",
    "feathery", "ferny",  "fine",    "firm",    "floral",  "fluent",  "folded",  "forest",  "fresh",   "friendly",
    "frosty",  "gentle",  "gilded",  "glad",    "glassy",  "gleaming", "golden", "grassy",  "green",   "grey",
    "hazel",   "hazy",    "hearty",  "helpful", "hidden",  "high",    "hilly",   "homely",  "honest",  "humble",
    "humming", "indigo",  "inland",  "ivory",   "jade",    "jolly",   "keen",    "kindly",  "lacy",    "lasting",
    "late",    "leafy",   "lemon",   "level",   "light",   "lilac",   "linen",   "little",  "lively",  "long",
    "loyal",   "lucid",   "lunar",   "maple",   "marble",  "meadow",  "mellow",  "merry",   "mild",    "mindful",
    "minty",   "misty",   "modest",  "morning", "mossy",   "narrow",  "neat",    "nimble",  "noble",   "northern",
    "nutty",   "oaken",   "ocean",   "olive",   "open",    "patient", "pearly",  "pebbled", "placid",  "plain",
    "polished", "proud",  "quick",   "quiet",   "rainy",   "rapid",   "ready",   "restful", "ripe",    "rising",
    "rosy",    "round",   "rustic",  "sandy",   "scarlet", "serene",  "shaded",  "silken",  "silver",  "simple",
    "sleepy",  "slow",    "smooth",  "snowy",   "soft",    "solar",   "spring",  "starry",  "steady",  "still",
    "stony",   "summer",  "sunny",   "supple",  "tawny",   "tender",  "thrifty", "tidal",   "tidy",    "timber",
    "trusty",  "twilit",  "upland",  "velvet",  "verdant", "violet",  "warm",    "wavy",    "western", "wheaten",
    "wide",    "willing", "windy",   "winter",  "wooden",  "woollen", "woven",   "yellow",  "young",   "zesty"};

constexpr std::string_view sign_nouns_[] = {
    "acorn",   "alder",   "apple",   "arbour",  "ash",     "aspen",   "barley",  "bay",     "beach",   "bean",
    "beech",   "bell",    "berry",   "birch",   "bloom",   "bluff",   "boat",    "bough",   "branch",  "breeze",
    "bridge",  "brook",   "bud",     "canoe",   "canyon",  "cape",    "carrot",  "castle",  "cave",    "chart",
    "chestnut", "cliff",  "cloud",   "coast",   "cone",    "cottage", "cove",    "creek",   "crest",   "dale",
    "delta",   "dew",     "dune",    "dusk",    "elm",     "ember",   "fern",    "field",   "fig",     "fir",
    "fjord",   "flax",    "flint",   "flute",   "ford",    "fountain", "garden", "gate",    "ginger",  "glade",
    "glen",    "grain",   "grove",   "gulf",    "harbour", "haven",   "hazelnut", "heath",  "hedge",   "hill",
    "hollow",  "horizon", "inlet",   "island",  "isle",    "jetty",   "juniper", "kettle",  "kite",    "knoll",
    "lagoon",  "lake",    "lamp",    "lane",    "lantern", "larch",   "laurel",  "leaf",    "ledge",   "lichen",
    "lily",    "linden",  "loch",    "lodge",   "loft",    "log",     "mallow",  "maples",  "marsh",   "mast",
    "mesa",    "mill",    "mint",    "mirror",  "moor",    "moss",    "mountain", "nest",   "nettle",  "nook",
    "oak",     "oasis",   "oat",     "orchard", "orchid",  "osier",   "oven",    "paddle",  "palm",    "parsley",
    "pass",    "path",    "peak",    "pear",    "pebble",  "petal",   "pier",    "pine",    "plain",   "plateau",
    "plum",    "pond",    "poplar",  "poppy",   "porch",   "prairie", "quarry",  "quartz",  "quay",    "quilt",
    "rain",    "rapids",  "reed",    "reef",    "ridge",   "river",   "road",    "rock",    "root",    "rose",
    "rowan",   "rush",    "rye",     "saddle",  "sage",    "sail",    "sand",    "seed",    "shade",   "shell",
    "shore",   "slate",   "slope",   "snow",    "sorrel",  "spruce",  "star",    "stem",    "steppe",  "stone",
    "strait",  "straw",   "stream",  "summit",  "surf",    "tarn",    "terrace", "thicket", "thistle", "thyme",
    "tide",    "timber",  "trail",   "tulip",   "tundra",  "valley",  "vine",    "walnut",  "water",   "willow"};

constexpr std::string_view login_colours_[] = {
    "amber",   "apricot", "aqua",    "ash",     "auburn",  "azure",   "beige",   "bistre",  "blond",   "blue",
    "bronze",  "brown",   "buff",    "cerise",  "cerulean", "charcoal", "cherry", "citron", "claret",  "cobalt",
    "copper",  "coral",   "cream",   "crimson", "cyan",    "denim",   "dove",    "ebony",   "ecru",    "emerald",
    "fawn",    "flax",    "fuchsia", "garnet",  "ginger",  "gold",    "granite", "green",   "grey",    "hazel",
    "heather", "henna",   "honey",   "indigo",  "iris",    "ivory",   "jade",    "jasper",  "jet",     "khaki",
    "lapis",   "lavender", "lemon",  "lilac",   "lime",    "linen",   "madder",  "magenta", "mahogany", "malachite",
    "maroon",  "mauve",   "mint",    "mustard", "navy",    "nickel",  "ochre",   "olive",   "onyx",    "opal",
    "orange",  "orchid",  "pearl",   "peach",   "pewter",  "pine",    "pink",    "pistachio", "plum",  "purple",
    "quartz",  "raspberry", "red",   "rose",    "ruby",    "russet",  "rust",    "saffron", "sage",    "salmon",
    "sand",    "sapphire", "scarlet", "sepia",  "sienna",  "silver",  "slate",   "steel",   "straw",   "tan",
    "tangerine", "taupe", "teal",    "terracotta", "thistle", "topaz", "turquoise", "umber", "vanilla", "vermilion",
    "violet",  "walnut",  "wheat",   "white",   "wine",    "wisteria", "yellow", "zinc",    "zircon",  "bamboo"};

constexpr std::string_view animals_[] = {
    "alpaca",  "avocet",  "badger",  "beaver",  "bison",   "bittern", "blackbird", "bluebird", "bobolink", "bunting",
    "bustard", "buzzard", "camel",   "caribou", "chamois", "chough",  "condor",  "coot",    "cormorant", "crane",
    "cuckoo",  "curlew",  "deer",    "dipper",  "dolphin", "dormouse", "dotterel", "dove",  "dunlin",  "dunnock",
    "eagle",   "egret",   "eider",   "elk",     "ermine",  "falcon",  "ferret",  "finch",   "flamingo", "gannet",
    "gazelle", "gecko",   "godwit",  "goldcrest", "goldfinch", "goose", "goshawk", "grebe", "grouse",  "gull",
    "hare",    "harrier", "hedgehog", "heron",  "hobby",   "hoopoe",  "ibex",    "ibis",    "jackdaw", "jay",
    "kestrel", "kingfisher", "kite", "kiwi",    "knot",    "koala",   "lapwing", "lark",    "lemur",   "linnet",
    "llama",   "loon",    "lynx",    "magpie",  "mallard", "manatee", "marmot",  "marten",  "merlin",  "moose",
    "narwhal", "newt",    "nightjar", "nuthatch", "ocelot", "oriole", "osprey",  "otter",   "ouzel",   "owl",
    "panda",   "partridge", "pelican", "penguin", "petrel", "pheasant", "pika", "pintail", "pipit",   "plover",
    "pochard", "puffin",  "quail",   "raven",   "redstart", "redwing", "reindeer", "robin", "rook",    "sandpiper",
    "seal",    "shearwater", "shelduck", "shrike", "siskin", "skylark", "snipe", "sparrow", "squirrel", "starling",
    "stoat",   "stork",   "swallow", "swan",    "swift",   "tapir",   "teal",    "tern",    "thrush",  "toucan",
    "treecreeper", "turnstone", "turtle", "vole", "wagtail", "warbler", "waxwing", "weaver", "whale",  "wheatear",
    "whimbrel", "whinchat", "wigeon", "wombat", "woodcock", "woodlark", "woodpecker", "wren", "yak",   "zebra"};

}  // namespace

std::span<const std::string_view> sign_adjectives() { return sign_adjectives_; }
std::span<const std::string_view> sign_nouns() { return sign_nouns_; }
std::span<const std::string_view> login_colours() { return login_colours_; }
std::span<const std::string_view> animals() { return animals_; }

}  // namespace kindroom::crypto
