// Owns: every log line of the embedded broker.
// Must never: contain a client id (whoever knows it takes the session), a topic, a payload or a credential.
using System.Net;
using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace Papo.Hub;

internal static partial class BrokerLog
{
    public const string Category = "Papo.Hub.Broker";

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The broker listens on {Place}.")]
    public static partial void Listens(ILogger logger, IPEndPoint place);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "The broker has stopped.")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Debug, Message = "A connection was refused: {Open} are open, or too many of one address have not connected.")]
    public static partial void ConnectionRefused(ILogger logger, int open);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "A retained message was refused: too large, or {Retained} are kept already.")]
    public static partial void RetainedRefused(ILogger logger, int retained);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Dropped} messages were dropped for clients that are away or do not keep up.")]
    public static partial void MessagesDropped(ILogger logger, long dropped);

    [LoggerMessage(EventId = 3006, Level = LogLevel.Error, Message = "The broker's rule for {Question} failed.")]
    public static partial void RuleFailed(ILogger logger, string question, Exception exception);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Error, Message = "MQTTnet failed in {Source}.")]
    public static partial void LibraryFailed(ILogger logger, string source, Exception exception);

    [LoggerMessage(EventId = 3008, Level = LogLevel.Debug, Message = "A connection ended by an error in {Source}: {Error}.")]
    public static partial void ConnectionFailed(ILogger logger, string source, string error);
}

/// <summary>
/// MQTTnet's own log lines carry client ids and topics, so their text stays here. Its "unhandled" lines are the library's trouble;
/// the others are one client's.
/// </summary>
internal sealed class LibraryLog(ILogger log) : IMqttNetLogger
{
    public bool IsEnabled => log.IsEnabled(LogLevel.Error);

    public void Publish(MqttNetLogLevel logLevel, string source, string message, object[]? parameters, Exception? exception)
    {
        if (exception is null || logLevel < MqttNetLogLevel.Warning)
        {
            return;
        }

        if (message.StartsWith("Unhandled", StringComparison.Ordinal) || message.StartsWith("Error while processing next", StringComparison.Ordinal))
        {
            BrokerLog.LibraryFailed(log, source, exception);
            return;
        }

        var error = exception.GetType().Name;
        BrokerLog.ConnectionFailed(log, source, error);
    }
}
