// Owns: the list of texts of the command line: help, usage errors, results.
// Must never: hold text of one language.
using Papo.Client;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string HelpUsage { get; }

    public abstract string HelpCommands { get; }

    public abstract string HelpOptions { get; }

    public abstract string HelpEverywhere { get; }

    public abstract string HelpExamples { get; }

    public abstract string HelpMore { get; }

    public abstract string AboutPapo { get; }

    public abstract string AboutChat { get; }

    public abstract string AboutSend { get; }

    public abstract string AboutTail { get; }

    public abstract string AboutHistory { get; }

    public abstract string AboutSearch { get; }

    public abstract string AboutRooms { get; }

    public abstract string AboutWho { get; }

    public abstract string AboutHub { get; }

    public abstract string OptionHubBroker { get; }

    public abstract string OptionBind { get; }

    public abstract string OptionArchive { get; }

    public abstract string OptionRetention { get; }

    public abstract string OptionTitle { get; }

    public abstract string UsageBind(string given);

    public abstract string UsageArchive { get; }

    public abstract string UsageRetention(string given);

    public abstract string UsageTitle { get; }

    public abstract string HubUp(string broker, string folder);

    public abstract string HubOnlyHere { get; }

    public abstract string HubStops { get; }

    public abstract string HubDamaged(string path);

    public abstract string OptionBroker { get; }

    public abstract string OptionName { get; }

    public abstract string OptionHome { get; }

    public abstract string OptionPlain { get; }

    public abstract string OptionNoColor { get; }

    public abstract string OptionLang { get; }

    public abstract string OptionVerbose { get; }

    public abstract string OptionUser { get; }

    public abstract string OptionCa { get; }

    public abstract string OptionTrust { get; }

    public abstract string OptionLog { get; }

    public abstract string UsageLog(string given);

    public abstract string OptionTlsCert { get; }

    public abstract string OptionTlsKey { get; }

    public abstract string UsageTrust(string given);

    public abstract string OptionCert { get; }

    public abstract string OptionKey { get; }

    public abstract string OptionRoot { get; }

    public abstract string OptionHelp { get; }

    public abstract string OptionVersion { get; }

    public abstract string OptionPaths { get; }

    public abstract string OptionTimeout { get; }

    public abstract string OptionCount { get; }

    public abstract string OptionJson { get; }

    public abstract string OptionNoFollow { get; }

    public abstract string OptionBefore { get; }

    public abstract string OptionAfter { get; }

    public abstract string OptionIn { get; }

    public abstract string OptionFrom { get; }

    public abstract string UsageUnknown(string token);

    public abstract string UsageUnknownOption(string token);

    public abstract string UsageNeedsValue(string option);

    public abstract string UsageOnce(string option);

    public abstract string UsageMissing(string what);

    public abstract string UsageCount(string given);

    public abstract string UsageTimeout(string given);

    public abstract string UsageMoment(string given);

    public abstract string UsageLanguage(string given);

    public abstract string UsageRoot(string given);

    public abstract string UsageHint(string command);

    public abstract string UsageDidYouMean(string suggestion);

    public abstract string UsageDashText { get; }

    public abstract string UnknownId(string given);

    public abstract string SendNothing { get; }

    public abstract string SendNotUtf8 { get; }

    public abstract string SendBrokerOnly { get; }

    public abstract string SendNotConfirmed { get; }

    public abstract string SendKept { get; }

    public abstract string SendTrying(string broker, string why);

    public abstract string Unreachable(string broker, string why);

    public abstract string UnreachableKept(string broker, string why);

    public abstract string PastIncompleteNote { get; }

    /// <summary>Who helped out with the past; null when it was all here.</summary>
    public abstract string? PastFrom(PastSource source);

    /// <summary>Where a search has looked.</summary>
    public abstract string Searched(PastSource source);

    public abstract string OnlyLocal { get; }

    public abstract string SearchNothing { get; }

    public abstract string Since(string time);

    public abstract string AwayWord { get; }

    public abstract string OfflineWord { get; }

    public abstract string MeWord { get; }

    public abstract string JoinedWord { get; }

    public abstract string RoomRow(int here, long messages);

    public abstract string NobodyHere { get; }

    public abstract string PathsData { get; }

    public abstract string PathsLogs { get; }

    public abstract string PathsNote { get; }
}
