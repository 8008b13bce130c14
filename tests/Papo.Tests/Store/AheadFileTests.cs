// Owns: the file that makes own messages durable before the store has them: what it gives back after a crash, and what is left in it.
// Must never: go through the engine.
using System.Text;
using Papo.Client.Store;
using Papo.Tests.World;

namespace Papo.Tests.Store;

public sealed class AheadFileTests : IDisposable
{
    private readonly TestHome _home = new();

    private string File => Path.Combine(_home.Path, "slot-0.ahead");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Without_its_file_everything_waits_for_the_store()
    {
        using var file = new AheadFile(Path.Combine(_home.Path, "no folder", "slot-0.ahead"));
        file.Prepare();
        Assert.True(file.TryAdd("oi"u8));
        Assert.False(file.TryFlush());
        file.Clear();
    }

    [Fact]
    public void A_file_that_was_cut_short_is_made_anew()
    {
        System.IO.File.WriteAllText(File, "nothing like it");
        Assert.Empty(AheadFile.Read(File));
        using var file = Made();
        Assert.Equal(AheadFile.Size, new FileInfo(File).Length);
        Flush(file, "oi");
        Assert.Equal(["oi"], Texts());
    }

    [Fact]
    public void Batches_stand_behind_each_other_until_the_store_has_them()
    {
        using var file = Made();
        Flush(file, "um", "dois");
        Flush(file, "três");
        Assert.Equal(["um", "dois", "três"], Texts());
        file.Clear();
        Assert.Empty(Texts());
        Flush(file, "quatro");
        Assert.Equal(["quatro"], Texts());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(13)]
    public void A_record_that_a_crash_cut_off_is_not_there_and_those_before_are(int kept)
    {
        using (var file = Made())
        {
            Flush(file, "inteira");
            Flush(file, "cortada ao meio");
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        var begin = 12 + "inteira".Length;
        Array.Clear(bytes, begin + kept, bytes.Length - begin - kept);
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Equal(["inteira"], Texts());
    }

    [Fact]
    public void What_the_store_has_is_wiped()
    {
        using var file = Made();
        Flush(file, "o segredo da ana");
        Assert.True(_home.Contains("o segredo da ana"));
        file.Clear();
        Assert.False(_home.Contains("o segredo da ana"));
        Assert.Equal(AheadFile.Size, new FileInfo(File).Length);
    }

    [Fact]
    public void What_does_not_fit_waits_for_the_store_as_a_whole()
    {
        using var file = Made();
        Flush(file, "um");
        Assert.True(file.TryAdd("dois"u8));
        Assert.False(file.TryAdd(new byte[AheadFile.Size]));
        Assert.Equal(2, file.Waiting);
        Assert.False(file.TryFlush());
        Assert.Equal(["um"], Texts());
    }

    private static void Flush(AheadFile file, params string[] texts)
    {
        Assert.All(texts, text => Assert.True(file.TryAdd(Encoding.UTF8.GetBytes(text))));
        Assert.True(file.TryFlush());
    }

    private AheadFile Made()
    {
        var file = new AheadFile(File);
        file.Prepare();
        return file;
    }

    private IEnumerable<string> Texts() => AheadFile.Read(File).Select(static record => Encoding.UTF8.GetString(record.Span));
}
