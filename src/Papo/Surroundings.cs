// Owns: what the program stands in: environment, standard streams, clock, log.
// Must never: decide anything; commands look here and decide.
using Papo.Diagnostics;
using Papo.Output;
using Papo.Terminal;
using Papo.Texts;

namespace Papo;

/// <summary>Everything outside the program that a command may touch.</summary>
internal sealed record Surroundings
{
    /// <summary>An environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Standard input.</summary>
    public required Descriptor Input { get; init; }

    /// <summary>Results.</summary>
    public required TextSink Out { get; init; }

    /// <summary>Everything else.</summary>
    public required TextSink Error { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public required bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error is a terminal.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>The log file.</summary>
    public required LogFile Log { get; init; }

    /// <summary>The words of the chosen language.</summary>
    public required Words Words { get; init; }

    /// <summary>Where this version comes from.</summary>
    public required string Version { get; init; }

    /// <summary>Clock and time zone.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the terminal obeys escape sequences at all, as far as the system tells.</summary>
    public bool ObeysSequences { get; init; } = true;

    /// <summary>Whether questions can be asked and answered.</summary>
    public bool MayAsk => Input.IsTerminal && ErrorIsTerminal;

    /// <summary>Whether the line editor can run: a terminal on both sides that obeys escape sequences.</summary>
    public bool MayEdit => Input.IsTerminal && OutputIsTerminal && ObeysSequences && Variable("TERM") != "dumb";

    /// <summary>Says one sentence on standard error.</summary>
    public void Say(string sentence) => Error.Sentence(sentence);
}
