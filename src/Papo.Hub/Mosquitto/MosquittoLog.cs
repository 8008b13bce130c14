// Owns: the log lines about a supervised Mosquitto, and its own lines on their way into the hub's log.
// Must never: let a client id through: whoever knows it takes the session.
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Papo.Hub;

internal static partial class MosquittoLog
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Mosquitto {Version} runs as process {Process}.")]
    public static partial void Runs(ILogger logger, Version version, int process);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "Mosquitto ended with {Code}; the next start is in {Seconds} s.")]
    public static partial void Ended(ILogger logger, int code, double seconds);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Information, Message = "Mosquitto was stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(EventId = 3104, Level = LogLevel.Warning, Message = "Mosquitto did not end in time and was killed.")]
    public static partial void Killed(ILogger logger);

    [LoggerMessage(EventId = 3105, Level = LogLevel.Warning, Message = "A Mosquitto left by an earlier run of this hub, process {Process}, is ended.")]
    public static partial void Leftover(ILogger logger, int process);

    [LoggerMessage(EventId = 3106, Message = "Mosquitto: {Line}")]
    public static partial void Said(ILogger logger, LogLevel level, string line);

    [LoggerMessage(EventId = 3107, Level = LogLevel.Warning, Message = "Which process is ours could not be written down: {Detail}")]
    public static partial void NotRemembered(ILogger logger, string detail);

    /// <summary>One of its lines without time and client id.</summary>
    public static string Clean(string line) => ClientId().Replace(Time().Replace(line, ""), "client …");

    /// <summary>How bad a clean line is.</summary>
    public static LogLevel LevelOf(string line) =>
        line.StartsWith("Error", StringComparison.Ordinal) ? LogLevel.Error
        : line.StartsWith("Warning", StringComparison.Ordinal) ? LogLevel.Warning
        : LogLevel.Information;

    [GeneratedRegex("^[0-9]{9,11}: ", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    // Ids may hold spaces: what follows the word goes to the end of the line.
    [GeneratedRegex("\\bclient .*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ClientId();
}
