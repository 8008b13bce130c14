// Owns: the arrows between the projects: Protocol <- Client <- Hub <- Papo, and what Protocol may not touch.
// Must never: be loosened to make a build pass; move the code instead.
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Papo.Tests;

public sealed class LayersTest
{
    private static readonly string[] ForbiddenToProtocol =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.TimeProvider", "System.Diagnostics.Stopwatch",
        "System.Threading.Timer", "System.Threading.Tasks.Task", "System.Threading.Thread", "System.Console",
    ];

    [Theory]
    [InlineData("Papo.Protocol", "Papo.Client", "Papo.Hub", "papo")]
    [InlineData("Papo.Client", "Papo.Hub", "papo")]
    [InlineData("Papo.Hub", "papo")]
    public void A_project_references_nothing_above_it(string name, params string[] above)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(static reference => reference.Name);
        Assert.Empty(references.Intersect(above));
    }

    [Fact]
    public void Protocol_references_only_cryptography_and_cbor_beyond_the_runtime()
    {
        var references = Assembly.Load("Papo.Protocol").GetReferencedAssemblies().Select(static reference => reference.Name!);
        Assert.All(references, static name => Assert.True(
            name is "BouncyCastle.Cryptography" or "NSec.Cryptography" or "System.Formats.Cbor" || (name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.Net", StringComparison.Ordinal)), name));
    }

    [Fact]
    public void Protocol_uses_no_socket_file_clock_or_thread()
    {
        using var file = new PEReader(File.OpenRead(Assembly.Load("Papo.Protocol").Location));
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").ToArray();
        Assert.Empty(used.Intersect(ForbiddenToProtocol));
        Assert.DoesNotContain(used, static type => type.StartsWith("System.Net.", StringComparison.Ordinal));
    }
}
