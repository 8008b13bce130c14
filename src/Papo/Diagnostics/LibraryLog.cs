// Owns: the library's log in the program's log file.
// Must never: let debug chatter in; warnings and what explains them.
using Microsoft.Extensions.Logging;

namespace Papo.Diagnostics;

/// <summary>Passes log entries of the library on to the file.</summary>
internal sealed class LibraryLog(LogFile file) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            file.Library(logLevel.ToString(), eventId.Id, formatter(state, exception), exception);
        }
    }
}
