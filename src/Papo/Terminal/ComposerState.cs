// Owns: what the meaning of a stroke may depend on.
// Must never: hold the text itself.
namespace Papo.Terminal;

/// <summary>The composer at the moment of a stroke.</summary>
/// <param name="IsEmpty">Nothing is written.</param>
/// <param name="IsAtEnd">The cursor stands at the end of the text.</param>
/// <param name="MayCancel">There is something Escape would end: a completion, a question, on the screen also a selection.</param>
/// <param name="IsFullScreen">The actions of the screen can be done.</param>
internal readonly record struct ComposerState(bool IsEmpty, bool IsAtEnd, bool MayCancel, bool IsFullScreen);
