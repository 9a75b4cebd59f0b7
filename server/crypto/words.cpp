#include "crypto/words.hpp"

namespace kindroom::crypto {
namespace {

// clang-format off
constexpr WordList adjectives = {
    "agile", "alpine", "amber", "amiable", "apricot", "arctic", "aspen", "azure", "balmy", "basil", "beechen",
    "birchen", "blithe", "blossoming", "blue", "bookish", "boreal", "bracing", "brave", "breezy", "bright", "bronze",
    "bubbling", "buoyant", "candid", "candlelit", "careful", "cheerful", "cheery", "cherry", "citrus", "clear",
    "clever", "cloudless", "clover", "cobalt", "copper", "coral", "cosy", "cotton", "courteous", "crimson", "crisp",
    "crystal", "cyan", "dancing", "daring", "dawning", "daylit", "decent", "deft", "delightful", "diligent",
    "distant", "downy", "dusky", "eager", "early", "earthen", "eastern", "ebony", "elegant", "emerald", "evergreen",
    "excellent", "fabled", "faithful", "famous", "fancy", "ferny", "festive", "fine", "floating", "floral", "flowery",
    "flying", "fond", "fragrant", "fresh", "friendly", "fruity", "fuzzy", "gallant", "genuine", "gilded", "ginger",
    "gleaming", "glittering", "glowing", "graceful", "gracious", "grassy", "grateful", "green", "handy", "happy",
    "harbour", "harmonic", "hazel", "hazy", "heather", "helpful", "heroic", "homely", "honest", "hopeful", "humble",
    "humming", "inland", "inventive", "island", "jade", "jasmine", "jaunty", "jovial", "joyful", "jubilant", "keen",
    "kind", "kindly", "lavender", "leafy", "lenient", "level", "light", "linen", "listening", "lively", "lucid",
    "lucky", "luminous", "lyric", "magenta", "majestic", "marble", "marine", "mellow", "melodic", "merry", "mild",
    "mindful", "minty", "misty", "modest", "moonlit", "mossy", "musical", "nautical", "nimble", "noble", "northern",
    "oaken", "ocean", "opal", "open", "orange", "ornate", "outdoor", "painted", "pastel", "patient", "peaceful",
    "pebbled", "peppy", "perky", "placid", "playful", "plucky", "plum", "poetic", "polished", "polite", "prairie",
    "proud", "prudent", "purple", "quick", "quiet", "quilted", "rainy", "rapid", "rising", "roaming", "robust",
    "rosy", "ruby", "runic", "rustic", "rustling", "sage", "salty", "sandy", "sapphire", "scarlet", "scenic",
    "scented", "serene", "sharing", "shining", "silken", "silver", "singing", "skilful", "smiling", "snowy",
    "sociable", "soft", "solid", "sparkling", "spirited", "sprightly", "spring", "starlit", "starry", "steadfast",
    "sterling", "stony", "strolling", "summer", "sunlit", "sunny", "swift", "tawny", "teal", "thoughtful", "thriving",
    "tidy", "timber", "tranquil", "true", "trusty", "tuneful", "twinkling", "umber", "unhurried", "upland", "valiant",
    "vast", "verdant", "vibrant", "violet", "wandering", "warm", "welcoming", "western", "whimsical", "windswept",
    "winged", "winsome", "wise", "witty", "wonderful", "woodland", "woollen", "woven", "zesty"};

constexpr WordList nouns = {
    "acacia", "acorn", "alder", "almond", "anchor", "apple", "arbour", "arch", "ash", "aster", "avenue", "bamboo",
    "bark", "barley", "barn", "basin", "bay", "beach", "beacon", "beech", "bell", "berry", "bloom", "blossom", "boat",
    "bonfire", "bough", "bramble", "branch", "brook", "bud", "bush", "cabin", "camellia", "candle", "canoe", "cape",
    "caravan", "carrot", "castle", "cello", "cherry", "chestnut", "clarinet", "clay", "clearing", "clove", "clover",
    "coast", "cobble", "compass", "cone", "copse", "coral", "cove", "creek", "crest", "cypress", "daffodil", "dahlia",
    "daisy", "dawn", "delta", "dew", "drift", "drum", "dune", "echo", "elder", "elm", "ember", "fable", "fern",
    "ferry", "field", "fig", "fir", "firefly", "flax", "flint", "flower", "ford", "forest", "fountain", "gable",
    "garden", "gate", "geyser", "glade", "glen", "gorse", "grain", "grape", "grotto", "grove", "gulf", "hamlet",
    "harbour", "harp", "haven", "hawthorn", "hazel", "heather", "hedge", "hill", "hollow", "honey", "horizon",
    "hyacinth", "iris", "island", "isle", "jasmine", "jetty", "juniper", "kelp", "kite", "knoll", "lagoon", "lamp",
    "landing", "lane", "lantern", "laurel", "lavender", "leaf", "library", "lichen", "lighthouse", "lilac", "lime",
    "linden", "loch", "loom", "lotus", "lupin", "lute", "magnolia", "mallow", "mango", "marigold", "marina", "marsh",
    "meadow", "melon", "mesa", "mill", "mist", "moon", "moor", "moss", "mountain", "mulberry", "myrtle", "nook",
    "nutmeg", "oak", "oasis", "oat", "ocean", "olive", "orbit", "orchard", "orchid", "paddle", "palm", "pansy",
    "papaya", "parsley", "pasture", "path", "peach", "peak", "pear", "pebble", "pepper", "petal", "petunia", "pine",
    "plain", "planet", "plateau", "pollen", "pond", "poplar", "prairie", "primrose", "puddle", "quartz", "quilt",
    "rain", "rainbow", "reef", "ridge", "rill", "river", "robinia", "rock", "rose", "rowan", "rye", "saffron", "sail",
    "sand", "sapling", "savanna", "season", "seed", "sequoia", "shell", "shore", "shrub", "skiff", "slate", "snow",
    "snowdrop", "song", "sorrel", "spring", "sprout", "star", "starlight", "steppe", "story", "stream", "summit",
    "sundial", "surf", "sycamore", "tarn", "terrace", "thicket", "thistle", "thyme", "timber", "trail", "tree",
    "tundra", "turnip", "valley", "vanilla", "verbena", "viola", "violet", "walnut", "waterfall", "wave", "wheat",
    "willow", "wind", "window", "wood", "woodland", "wool", "zephyr", "zinnia"};

constexpr WordList colours = {
    "alabaster", "almond", "amber", "amethyst", "apricot", "aqua", "aquamarine", "ash", "aspen", "auburn", "azure",
    "balsa", "bamboo", "basalt", "beech", "beige", "birch", "biscuit", "bisque", "blue", "bluebell", "brick",
    "bronze", "buff", "burlap", "butter", "buttercup", "camel", "camellia", "canary", "canvas", "caramel", "cardinal",
    "carmine", "carnelian", "cashmere", "cedar", "celadon", "celeste", "cerise", "cerulean", "chalcedony", "chalk",
    "chambray", "chenille", "cherry", "chestnut", "chocolate", "cinnabar", "cinnamon", "citrine", "citron", "clay",
    "clementine", "clover", "cobalt", "cocoa", "coconut", "copper", "coral", "corduroy", "cork", "cornflower",
    "cotton", "cream", "crimson", "crystal", "cyan", "cypress", "daffodil", "dandelion", "denim", "ebony", "ecru",
    "eggshell", "elm", "emerald", "enamel", "fawn", "felt", "fir", "flannel", "flax", "fleece", "flint", "forest",
    "fuchsia", "garnet", "ginger", "glass", "gold", "granite", "grape", "graphite", "green", "grey", "hazel",
    "heather", "heliotrope", "hickory", "honey", "hyacinth", "indigo", "iris", "iron", "ivory", "ivy", "jade",
    "jasmine", "jasper", "juniper", "jute", "khaki", "lace", "lacquer", "lapis", "larch", "lavender", "leather",
    "lemon", "lichen", "lilac", "lime", "limestone", "linden", "linen", "lotus", "madder", "magenta", "magnolia",
    "mahogany", "malachite", "mango", "maple", "marble", "marigold", "maroon", "mauve", "melon", "mica", "mint",
    "mocha", "moonstone", "moss", "muslin", "mustard", "myrtle", "navy", "nectarine", "nickel", "nutmeg", "oak",
    "oat", "ochre", "olive", "onyx", "opal", "orange", "orchid", "oyster", "palm", "papaya", "paper", "parchment",
    "peach", "peacock", "pear", "pearl", "pebble", "pepper", "peridot", "periwinkle", "persimmon", "pewter", "pine",
    "pink", "platinum", "plum", "pomelo", "poplar", "porcelain", "primrose", "pumice", "pumpkin", "purple", "quartz",
    "quince", "raffia", "raspberry", "rattan", "red", "redwood", "rose", "rosewood", "rowan", "ruby", "russet",
    "saffron", "sage", "salmon", "sand", "sandalwood", "sandstone", "sapphire", "sateen", "satin", "scarlet",
    "seashell", "sequoia", "shale", "shell", "sienna", "silk", "silver", "slate", "snow", "sorrel", "spruce", "stone",
    "straw", "suede", "sunflower", "tan", "tangerine", "taupe", "tawny", "teak", "teal", "terracotta", "thistle",
    "thyme", "tile", "timber", "tin", "titanium", "topaz", "tortoise", "tourmaline", "tulip", "turquoise", "umber",
    "vanilla", "velvet", "verdigris", "vermilion", "violet", "viridian", "walnut", "wheat", "wicker", "willow",
    "wisteria", "wool", "yellow", "zinc", "zircon"};

constexpr WordList creatures = {
    "accentor", "agouti", "alpaca", "antelope", "argali", "armadillo", "auk", "avocet", "axolotl", "badger", "barbet",
    "bison", "bittern", "blackbird", "blackcap", "bluebird", "bluethroat", "bobolink", "brambling", "brant",
    "bullfinch", "bunting", "butterfly", "canary", "capybara", "caracara", "cardinal", "caribou", "catbird",
    "chaffinch", "chamois", "chickadee", "chinchilla", "chipmunk", "chough", "cicada", "coati", "cockatoo", "condor",
    "cormorant", "corncrake", "crane", "creeper", "cricket", "crossbill", "curlew", "deer", "dipper", "dolphin",
    "dormouse", "dotterel", "dove", "dragonfly", "dunlin", "dunnock", "eagle", "egret", "eider", "eland", "elk",
    "falcon", "fieldfare", "finch", "firecrest", "firefly", "flamingo", "flycatcher", "fox", "fulmar", "gadwall",
    "gannet", "garganey", "gazelle", "gecko", "gibbon", "godwit", "goldcrest", "goldeneye", "goldfinch", "goosander",
    "goshawk", "grayling", "grebe", "greenfinch", "greenshank", "grosbeak", "grouse", "guanaco", "guillemot",
    "gyrfalcon", "hare", "harrier", "hawfinch", "hedgehog", "heron", "honeybee", "hoopoe", "hornbill", "hummingbird",
    "hyrax", "ibex", "ibis", "iguana", "jacamar", "jacana", "jackdaw", "jay", "jerboa", "junco", "kakapo", "kestrel",
    "kingbird", "kingfisher", "kinglet", "kite", "kittiwake", "kiwi", "kookaburra", "kudu", "ladybird", "lapwing",
    "lark", "lemur", "linnet", "llama", "longspur", "lorikeet", "lynx", "macaw", "magpie", "mallard", "manakin",
    "marmoset", "marmot", "marten", "martin", "meadowlark", "meerkat", "merganser", "minnow", "mockingbird",
    "moorhen", "moose", "mouflon", "muntjac", "narwhal", "nightingale", "nightjar", "nutcracker", "nuthatch",
    "ocelot", "okapi", "oriole", "oryx", "osprey", "otter", "ovenbird", "owl", "oystercatcher", "panda", "parrot",
    "partridge", "pelican", "penguin", "peregrine", "petrel", "phalarope", "pheasant", "phoebe", "pika", "pintail",
    "pipistrelle", "pipit", "plover", "pochard", "ptarmigan", "puffin", "quail", "quetzal", "rabbit", "raccoon",
    "redpoll", "redshank", "redstart", "redwing", "reindeer", "rhea", "ringdove", "roadrunner", "robin", "rosefinch",
    "salamander", "sanderling", "sandgrouse", "sandpiper", "sapsucker", "scoter", "seahorse", "shearwater",
    "shelduck", "shoveler", "sika", "siskin", "skylark", "snowfinch", "sparrow", "spoonbill", "squirrel", "starfish",
    "starling", "stilt", "stint", "stoat", "stonechat", "stork", "sunbird", "swallow", "swan", "swift", "tanager",
    "tapir", "tattler", "teal", "tern", "thrush", "tortoise", "toucan", "towhee", "tragopan", "treecreeper", "trogon",
    "trout", "turaco", "turnstone", "turtle", "veery", "verdin", "vicuna", "vireo", "vole", "wagtail", "wallaby",
    "warbler", "waxbill", "waxwing", "wheatear", "whimbrel", "whinchat", "whitethroat", "wigeon", "wombat",
    "woodlark", "woodpecker", "wren", "yellowhammer", "zebra"};
// clang-format on

}  // namespace

const WordList& sign_adjectives() { return adjectives; }
const WordList& sign_nouns() { return nouns; }
const WordList& login_colours() { return colours; }
const WordList& login_creatures() { return creatures; }

}  // namespace kindroom::crypto
