//! The word tables.
//!
//! Their entries are part of what a seed means: a change to any of them changes the bytes that
//! are generated, and the pinned checksums of the tests with them. Entries stand inside JSON
//! strings, so escapes are written out here; some entries have one, and some are not ASCII.

#[rustfmt::skip]
pub(crate) const SUBJECTS: [&str; 32] = [
    "The old lighthouse keeper", "A quiet neighbour", "My youngest sister", "The night train",
    "Nobody in the village", "The morning ferry", "A travelling clockmaker",
    "Our history teacher", "The orchestra", "Every careful gardener", "The winter market",
    "A flock of starlings", "The new librarian", "Her oldest friend", "The patient baker",
    "A lost tourist", "The river", "Someone at the station", "The committee",
    "An honest carpenter", "The last astronomer", "A stranger in grey", "The captain",
    "Every second student", "The mountain guide", "His grandmother", "The postal clerk",
    "A choir of children", "The small museum", "The weather", "A curious fox", "The entire team",
];

#[rustfmt::skip]
pub(crate) const VERBS: [&str; 32] = [
    "carries", "remembers", "has repaired", "never forgets", "is looking for", "describes",
    "borrowed", "follows", "quietly admires", "has painted", "rarely mentions", "collects",
    "wrote about", "discovered", "brought back", "is waiting for", "sold", "protects", "measured",
    "listens to", "has hidden", "promised", "understands", "dreams of", "cannot explain",
    "returned with", "ignores", "prefers", "photographed", "inherited", "is building", "counts",
];

#[rustfmt::skip]
pub(crate) const OBJECTS: [&str; 32] = [
    "a small brass lantern", "the map of the harbour", "an unfinished letter",
    "seven blue bottles", "the story of the flood", "a box of tangled string",
    "the sound of the bells", "a wooden boat", "fresh bread and honey",
    "the road across the hills", "a forgotten melody", "two silver coins",
    "the garden behind the school", "a dictionary", "the key to the cellar", "an umbrella",
    "the names of the stars", "a basket of apples", "every word of the speech",
    "the broken radio", "a photograph of the bridge", "the first snow", "an ancient recipe",
    "the empty theatre", "a promise made long ago", "the smell of pine", "a pair of red gloves",
    "the ticket", "the question of the day", "a theory of everything", "the colour of the sea",
    "a secret",
];

#[rustfmt::skip]
pub(crate) const ENDINGS: [&str; 32] = [
    "before the rain", "every Sunday", "without a word", "in the early spring", "at midnight",
    "for reasons of its own", "after the long journey", "near the old mill", "once again",
    "on the far side of town", "with great care", "as if nothing had happened", "this year",
    "under the railway arch", "in spite of the cold", "by candlelight", "until the very end",
    "between two meetings", "at the foot of the stairs", "while the kettle boils", "by mistake",
    "long before anyone else", "for the second time", "in a single afternoon", "at low tide",
    "with a certain smile", "when the lights go out", "against all advice", "almost every day",
    "in the corner of the room", "during the festival", "far from home",
];

#[rustfmt::skip]
pub(crate) const FIRST_NAMES: [&str; 32] = [
    "Ada", "Albin", "Zoë", "Boris", "Chloe", "Dipika", "Ren\\u00e9e", "Edgar", "Fatima", "Grace",
    "Hiro", "Ines", "José", "Kofi", "Lena", "Mateo", "Nadia", "Olu", "Priya", "Quentin", "Rosa",
    "Søren", "Tamsin", "Ugo", "Vera", "Wei", "Ximena", "Yusuf", "Noah \\\"Ace\\\"", "Дмитрий",
    "美咲", "Tova",
];

#[rustfmt::skip]
pub(crate) const LAST_NAMES: [&str; 32] = [
    "Example", "Jaye", "Lovelace", "Hopper", "Okafor", "Müller", "Garc\\u00eda", "O'Neill",
    "Tanaka", "Smith-Jones", "Nguyen", "Kowalski", "Rossi", "Andersson", "Haddad", "Petrov",
    "Silva", "Dubois", "Mbeki", "Larsen", "Novák", "Castillo", "Rao", "Kim", "Fischer", "Moreau",
    "Singh", "Walker", "Costa", "Yılmaz", "Eriksen", "de la Cruz",
];

#[rustfmt::skip]
pub(crate) const MOODS: [&str; 32] = [
    "Midnight", "Golden", "Broken", "Electric", "Velvet", "Lonely", "Sunday", "Café", "Neon",
    "Hollow", "Crystal", "Paper", "Wild", "Slow", "Burning", "Silver", "Distant", "Déjà-vu",
    "Summer", "Frozen", "Quiet", "Scarlet", "Ocean", "Second", "Borrowed", "Endless", "Tiny",
    "\\\"Live\\\"", "Fast \\/ Slow", "Blue", "Ni\\u00f1o", "Última",
];

#[rustfmt::skip]
pub(crate) const BANDS: [&str; 32] = [
    "Avenue", "Foxes", "and the Tides", "Parade", "Satellites", "Motör", "Brothers", "Orchestra",
    "Machine", "Cowboys", "Sisters", "Radio", "Collective", "Monks", "Pilots", "Trio", "Kings",
    "Lanterns", "Project", "Gr\\u00fcn", "Harbour", "Society", "Echo", "Wolves", "Five", "Theory",
    "Club", "& Sons", "Horizon", "Beyoncé Tribute", "Quartet", "Ghosts",
];

#[rustfmt::skip]
pub(crate) const THINGS: [&str; 32] = [
    "Highway", "Heart", "Rain", "Letters", "Dreams", "Morning", "Señorita", "Road", "Thunder",
    "Skies", "Dance", "Memory", "Fire", "in Paris", "Mirror", "Winter", "Love Song", "Train",
    "Goodbye", "Moon", "Shadow", "City Lights", "Stranger", "\\u266b Waltz", "Home", "River",
    "(Remix)", "Weekend", "Party 🎉", "Lullaby", "Anthem", "Caf\\u00e9",
];
