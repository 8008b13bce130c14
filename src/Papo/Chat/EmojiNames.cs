// Owns: the short names of common emoji, as people know them from other chats, in alphabetical order.
// Must never: hold two emoji under one name.
using Papo.Terminal;

namespace Papo.Chat;

/// <summary>Emoji by name.</summary>
internal static class EmojiNames
{
    private const string Table = """
        +1 👍  -1 👎  100 💯  airplane ✈️  alarm_clock ⏰  alien 👽  anchor ⚓  angel 👼  anger 💢  angry 😠  ant 🐜  apple 🍎
        arrow_down ⬇️  arrow_left ⬅️  arrow_right ➡️  arrow_up ⬆️  art 🎨  astonished 😲  avocado 🥑  baby 👶  balloon 🎈
        ballot_box_with_check ☑️  banana 🍌  bar_chart 📊  battery 🔋  bear 🐻  bed 🛏️  bee 🐝  beer 🍺  beers 🍻  bell 🔔  bike 🚲
        bird 🐦  birthday 🎂  blue_heart 💙  blush 😊  boat ⛵  bomb 💣  bookmark 🔖  books 📚  boom 💥  bouquet 💐  bow 🙇  brain 🧠
        bread 🍞  broken_heart 💔  broom 🧹  bug 🐛  bulb 💡  bus 🚌  cactus 🌵  cake 🍰  calendar 📆  camera 📷  candle 🕯️  car 🚗  cat 🐱
        chart_with_downwards_trend 📉  chart_with_upwards_trend 📈  checkered_flag 🏁  cheese 🧀  cherries 🍒  chicken 🐔
        chocolate_bar 🍫  christmas_tree 🎄  clap 👏  clipboard 📋  cloud ☁️  clown_face 🤡  coconut 🥥  coffee ☕  cold_face 🥶
        computer 💻  confetti_ball 🎊  confounded 😖  confused 😕  construction 🚧  cookie 🍪  cool 🆒  copyright ©️  corn 🌽  cow 🐮
        crab 🦀  credit_card 💳  crossed_fingers 🤞  crown 👑  cry 😢  crystal_ball 🔮  cursing_face 🤬  dancer 💃  dart 🎯  dash 💨
        date 📅  desktop_computer 🖥️  disappointed 😞  dizzy 💫  dizzy_face 😵  dog 🐶  dolphin 🐬  door 🚪  doughnut 🍩  dove 🕊️
        dragon 🐉  droplet 💧  duck 🦆  eagle 🦅  ear 👂  earth_africa 🌍  earth_americas 🌎  earth_asia 🌏  egg 🥚  elephant 🐘
        envelope ✉️  exclamation ❗  exploding_head 🤯  expressionless 😑  eyeglasses 👓  eyes 👀  face_with_monocle 🧐  facepalm 🤦
        facepunch 👊  family 👪  fearful 😨  file_folder 📁  fire 🔥  fireworks 🎆  fish 🐟  fist ✊  floppy_disk 💾  flushed 😳
        four_leaf_clover 🍀  fox_face 🦊  fries 🍟  frog 🐸  full_moon 🌕  game_die 🎲  gear ⚙️  gem 💎  ghost 👻  gift 🎁  green_heart 💚
        grimacing 😬  grin 😁  grinning 😀  guitar 🎸  hamburger 🍔  hammer 🔨  hammer_and_wrench 🛠️  hand ✋  handshake 🤝
        hatching_chick 🐣  headphones 🎧  hear_no_evil 🙉  heart ❤️  heart_eyes 😍  heartbeat 💓  heavy_check_mark ✔️
        heavy_plus_sign ➕  hedgehog 🦔  herb 🌿  hocho 🔪  hot_face 🥵  hotdog 🌭  hourglass ⌛  house 🏠  hugs 🤗  hushed 😯
        ice_cream 🍨  inbox_tray 📥  infinity ♾️  information_source ℹ️  innocent 😇  iphone 📱  joy 😂  key 🔑  keyboard ⌨️  kiss 💋
        kissing_heart 😘  label 🏷️  ladybug 🐞  laughing 😆  leaves 🍃  lemon 🍋  link 🔗  lion 🦁  lips 👄  lock 🔒  loudspeaker 📢
        love_letter 💌  mag 🔍  magnet 🧲  mailbox 📫  man_shrugging 🤷‍♂️  mango 🥭  mask 😷  mega 📣  memo 📝  metal 🤘  microphone 🎤
        microscope 🔬  milky_way 🌌  money_mouth_face 🤑  moneybag 💰  monkey 🐒  moon 🌔  mountain ⛰️  mouse 🐭  movie_camera 🎥
        muscle 💪  mushroom 🍄  musical_note 🎵  mute 🔇  nail_care 💅  nerd_face 🤓  neutral_face 😐  new 🆕  newspaper 📰  no_entry ⛔
        no_entry_sign 🚫  no_good 🙅  no_mouth 😶  nose 👃  notes 🎶  ocean 🌊  octopus 🐙  ok 🆗  ok_hand 👌  ok_woman 🙆‍♀️
        open_mouth 😮  orange_heart 🧡  outbox_tray 📤  owl 🦉  package 📦  palm_tree 🌴  panda_face 🐼  paperclip 📎  partying_face 🥳
        peach 🍑  penguin 🐧  pensive 😔  phone ☎️  pig 🐷  pill 💊  pineapple 🍍  pizza 🍕  pleading_face 🥺  plug 🔌  point_down 👇
        point_left 👈  point_right 👉  point_up ☝️  police_car 🚓  poop 💩  popcorn 🍿  pray 🙏  printer 🖨️  purple_heart 💜  pushpin 📌
        question ❓  rabbit 🐰  raccoon 🦝  radio 📻  rage 😡  rainbow 🌈  raised_hands 🙌  raising_hand 🙋  ram 🐏  recycle ♻️
        relaxed ☺️  relieved 😌  repeat 🔁  ribbon 🎀  robot 🤖  rocket 🚀  rofl 🤣  roll_eyes 🙄  rose 🌹  rotating_light 🚨  runner 🏃
        saluting_face 🫡  satellite 📡  scissors ✂️  scream 😱  scroll 📜  see_no_evil 🙈  seedling 🌱  shark 🦈  sheep 🐑  shield 🛡️
        ship 🚢  shopping_cart 🛒  shrug 🤷  shushing_face 🤫  skull 💀  sleeping 😴  sleepy 😪  slightly_frowning_face 🙁
        slightly_smiling_face 🙂  sloth 🦥  smile 😄  smile_cat 😸  smiley 😃  smirk 😏  snail 🐌  snake 🐍  sneezing_face 🤧
        snowflake ❄️  snowman ⛄  soap 🧼  sob 😭  soccer ⚽  sos 🆘  sparkles ✨  sparkling_heart 💖  speak_no_evil 🙊
        speech_balloon 💬  spider 🕷️  star ⭐  star_struck 🤩  stop_sign 🛑  strawberry 🍓  stuck_out_tongue 😛
        stuck_out_tongue_winking_eye 😜  sun_with_face 🌞  sunflower 🌻  sunglasses 😎  sunny ☀️  sunrise 🌅  sweat 😓  sweat_drops 💦
        sweat_smile 😅  t-rex 🦖  taco 🌮  tada 🎉  tea 🍵  telescope 🔭  tent ⛺  test_tube 🧪  thinking 🤔  thread 🧵  thumbsdown 👎
        thumbsup 👍  ticket 🎫  tiger 🐯  tired_face 😫  tomato 🍅  tongue 👅  toolbox 🧰  tractor 🚜  train 🚆
        triangular_flag_on_post 🚩  triumph 😤  trophy 🏆  truck 🚚  turtle 🐢  tv 📺  umbrella ☔  unamused 😒  unicorn 🦄  unlock 🔓
        upside_down_face 🙃  v ✌️  violin 🎻  volcano 🌋  warning ⚠️  watch ⌚  watermelon 🍉  wave 👋  weary 😩  whale 🐳
        white_check_mark ✅  wine_glass 🍷  wink 😉  wolf 🐺  woozy_face 🥴  worm 🪱  wrench 🔧  writing_hand ✍️  x ❌  yawning_face 🥱
        yellow_heart 💛  yum 😋  zany_face 🤪  zap ⚡  zipper_mouth_face 🤐  zzz 💤
        """;

    /// <summary>Names and emoji.</summary>
    public static IReadOnlyList<(string Name, string Emoji)> All { get; } =
        [.. Table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(static pair => (pair[0], pair[1]))];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByName =
        All.ToDictionary(static pair => pair.Name, static pair => pair.Emoji, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The emoji of exactly this name; null when there is none.</summary>
    public static string? Of(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var emoji) ? emoji : null;

    /// <summary>Emoji whose names begin with what stands after a colon; short names first, as they are the ones meant most often.</summary>
    public static IEnumerable<Candidate> Find(string word)
    {
        var begun = word.Trim(':');
        return All.Where(each => each.Name.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static each => each.Name.Length)
            .Select(static each => new Candidate(each.Emoji + " ", $"{each.Emoji} :{each.Name}:"));
    }
}
