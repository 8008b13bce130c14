// Owns: every setting of a hub's TLS and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
namespace Papo.Hub;

/// <summary>Whose certificate a hub shows.</summary>
public sealed record TlsOptions
{
    /// <summary>PEM file of the certificate, its intermediates after it; null: the hub makes its own authority and certificate.</summary>
    public string? CertFile { get; init; }

    /// <summary>PEM file of its key; null where the key is in <see cref="CertFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How often it is looked whether a certificate is due, or was replaced on disk.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromHours(1);
}
