// Owns: what an action on the composer led to.
// Must never: say how it is shown.
namespace Papo.Terminal;

/// <summary>What an action led to.</summary>
internal enum EditOutcome
{
    /// <summary>Nothing changed.</summary>
    None,

    /// <summary>Text or cursor changed.</summary>
    Changed,

    /// <summary>The line is done: take <see cref="LineEditor.TakeLine"/>.</summary>
    Submitted,

    /// <summary>Many pasted lines are about to go out as one message: say so; Enter again submits.</summary>
    AskFirst,

    /// <summary>The question was answered with no.</summary>
    Dropped,

    /// <summary>Ctrl+C or Ctrl+D on an empty line.</summary>
    Leave,

    /// <summary>Ctrl+Z.</summary>
    Suspend,

    /// <summary>Ctrl+L.</summary>
    Redraw,
}
