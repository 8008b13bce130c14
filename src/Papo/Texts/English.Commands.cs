// Owns: the English of the command line.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string HelpUsage => "Usage";

    public override string HelpCommands => "Commands";

    public override string HelpOptions => "Options";

    public override string HelpEverywhere => "Options of every command";

    public override string HelpExamples => "Examples";

    public override string HelpMore => "papo COMMAND --help says more. ROOM is a room's name, as general. TEXT after -- is taken literally.";

    public override string AboutPapo => "Papo: a chat for your network, on MQTT 5.";

    public override string AboutChat => "Without a command: opens the chat.";

    public override string AboutSend => "Send a message (TEXT, or standard input), print its id, end when it is safe";

    public override string AboutTail => "Print the last messages, then new ones as they come";

    public override string AboutHistory => "Print past messages";

    public override string AboutSearch => "Search what this computer holds";

    public override string AboutRooms => "List the rooms";

    public override string AboutWho => "List who is here";

    public override string AboutHub => "Run a hub: it keeps the past of every open room, and brings a broker with it";

    public override string OptionHubBroker => "the broker: its own (embedded), an installed Mosquitto that it runs (mosquitto), or one that runs elsewhere";

    public override string OptionBind => "address its own broker listens on; 0.0.0.0 opens it to the network (this computer only)";

    public override string OptionArchive => "where the past is kept: sqlite:FOLDER or postgres://USER@HOST/DATABASE (default: a file in the hub's own folder)";

    public override string OptionRetention => "how long the past is kept (default: none, for good)";

    public override string OptionTitle => "what people call this place";

    public override string UsageBind(string given) => $"“{given}” is not an address of this computer, such as 0.0.0.0 or 192.168.0.10.";

    public override string UsageArchive => "An archive is named sqlite:FOLDER or postgres://USER@HOST/DATABASE.";

    public override string UsageRetention(string given) => $"“{given}” is not a time to keep messages for, such as 90d or 12h (one hour at least), or none.";

    public override string UsageTitle => "A title has at most 80 characters and no line breaks.";

    public override string HubUp(string broker, string folder) => $"The hub is up at {broker}. What is said in open rooms is kept in {folder}.";

    public override string HubOnlyHere => "Only programs on this computer can join; --bind 0.0.0.0 opens it to the network.";

    public override string HubDamaged(string path) => $"The archive cannot be read: {path} is damaged. Nothing was changed. Bring back a backup (papo hub restore FILE), or move the file away: an empty archive fills itself with what the people who are here hold.";

    public override string HubStops => "Stopping. Everything is saved.";

    public override string OptionBroker => "where the chat is: mqtt:// mqtts:// ws:// wss:// (or PAPO_BROKER)";

    public override string OptionName => "who you are: picks or makes the profile of that name";

    public override string OptionHome => "folder of all profiles (or PAPO_HOME)";

    public override string OptionPlain => "plain lines, also on a terminal";

    public override string OptionNoColor => "no colours (or NO_COLOR)";

    public override string OptionLang => "language: en or pt-BR";

    public override string OptionVerbose => "say more about the connection on standard error";

    public override string OptionUser => "user name for the broker; the password comes from PAPO_PASSWORD or is asked for";

    public override string OptionCa => "certificate authorities to trust (PEM)";

    public override string OptionTrust => "key the broker must have where no known authority vouches for it; replaces the one kept from before";

    public override string OptionLog => "what happens goes to standard error as lines with fields, for programs that collect logs";

    public override string UsageLog(string given) => $"“{given}” is no form of a log; there are logfmt and json.";

    public override string OptionTlsCert => "certificate to show for mqtts and wss, intermediates after it (PEM); without it the hub makes its own";

    public override string OptionTlsKey => "key of that certificate (PEM)";

    public override string UsageTrust(string given) => $"“{given}” is no key of a broker; one has 64 digits 0–9 and a–f, as the hub prints it.";

    public override string OptionCert => "certificate of this client (PEM)";

    public override string OptionKey => "key of that certificate (PEM)";

    public override string OptionRoot => "first level of all topics (chat)";

    public override string OptionHelp => "this help";

    public override string OptionVersion => "the version";

    public override string OptionPaths => "where data and logs are kept";

    public override string OptionTimeout => "how long to wait until it is safe: 15s, 2m, 500ms (15s)";

    public override string OptionCount => "messages at most";

    public override string OptionJson => "one JSON object a line";

    public override string OptionNoFollow => "end after the last messages";

    public override string OptionBefore => "only before this message id or time (2026-11-22, 14:30, 2h ago as 2h, RFC 3339)";

    public override string OptionAfter => "only after this message id or time";

    public override string OptionIn => "only in this room";

    public override string OptionFrom => "only from this person";

    public override string UsageDashText => "Text that begins with a dash goes after --";

    public override string SendNothing => "There is nothing to send: the text is empty.";

    public override string SendNotUtf8 => "Standard input is not UTF-8 text; nothing was sent.";

    public override string SendBrokerOnly => "The broker has it, but nobody else is here yet: it stays in the outbox until somebody holds it.";

    public override string SendNotConfirmed => "Not confirmed in time. It stays in the outbox and goes out with the next papo of this profile.";

    public override string SendKept => "The message stays in the outbox and goes out with the next papo of this profile.";

    public override string PastIncompleteNote => "Not everything could be fetched in time; this is what this computer holds.";

    public override string? PastFrom(PastSource source) => source switch
    {
        PastSource.Hub => "A part of it came from the hub.",
        PastSource.Member => "A part of it came from another member.",
        _ => null,
    };

    public override string Searched(PastSource source) => source == PastSource.Hub ? "Searched on this computer and in the hub’s archive." : "Searched on this computer only: no hub answers.";

    public override string OnlyLocal => "Not connected; this is what this computer holds.";

    public override string SearchNothing => "Nothing found.";

    public override string AwayWord => "away";

    public override string OfflineWord => "not here";

    public override string MeWord => "you";

    public override string JoinedWord => "joined";

    public override string NobodyHere => "Nobody is here.";

    public override string PathsData => "data";

    public override string PathsLogs => "logs";

    public override string PathsNote => "Deleting these folders and the program removes Papo.";

    public override string UsageUnknown(string token) => $"“{token}” is one argument too many.";

    public override string UsageUnknownOption(string token) => $"There is no option {token} here.";

    public override string UsageNeedsValue(string option) => $"{option} needs a value.";

    public override string UsageOnce(string option) => $"{option} stands there twice.";

    public override string UsageMissing(string what) => $"{what} is missing.";

    public override string UsageCount(string given) => $"“{given}” is no number of messages; it goes from 0 to 100000.";

    public override string UsageTimeout(string given) => $"“{given}” is no time to wait; write 15s, 2m or 500ms.";

    public override string UsageMoment(string given) => $"“{given}” is neither a message id nor a time; write 2026-11-22, 14:30, 2h or 2026-11-22T14:30:00Z.";

    public override string UsageLanguage(string given) => $"“{given}” is no language Papo speaks; there are en and pt-BR.";

    public override string UsageRoot(string given) => $"“{given}” cannot be the first level of topics: no slash, +, # or space.";

    public override string UsageHint(string command) => $"{command} --help says more.";

    public override string UsageDidYouMean(string suggestion) => $"Did you mean {suggestion}?";

    public override string UnknownId(string given) => $"No message {given} is known here.";

    public override string SendTrying(string broker, string why) => $"{broker}: {why} Trying until the time is up…";

    public override string Unreachable(string broker, string why) => $"Cannot reach {broker}: {why}";

    public override string UnreachableKept(string broker, string why) => $"Cannot reach {broker}: {why} {SendKept}";

    public override string Since(string time) => $"since {time}";

    public override string RoomRow(int here, long messages) => $"{Number(here)} here, {Plural(messages, "1 message", "{n} messages")}";
}
