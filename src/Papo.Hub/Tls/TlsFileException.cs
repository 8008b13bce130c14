// Owns: the failure to read a certificate or key, as a type, so that the program can say it in words.
// Must never: carry a text meant for the screen; the program has its own tables.
namespace Papo.Hub;

/// <summary>A certificate or key file cannot be used; the message is technical.</summary>
public sealed class TlsFileException(string path, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
