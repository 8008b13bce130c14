// Owns: a line that was begun, to be gone on with later.
// Must never: know which room it is for.
namespace Papo.Terminal;

/// <summary>A begun line.</summary>
/// <param name="Text">What was written.</param>
/// <param name="Cursor">Where the cursor stood.</param>
internal readonly record struct LineDraft(string Text, int Cursor);
