// Owns: QR codes: the numbers that the standard publishes, and that another program reads what is drawn.
// Must never: read with the code under test what it has drawn.
using Papo.Pictures;
using Papo.Tests.World;

namespace Papo.Tests.Pictures;

public sealed class QrTests
{
    [Fact]
    public void The_check_bytes_are_those_of_the_standards_example()
    {
        // ISO/IEC 18004, annex I: the symbol of 01234567.
        var data = Convert.FromHexString("10200C566180EC11EC11EC11EC11EC11");
        Assert.Equal("A524D4C1ED36C7872C55", Convert.ToHexString(QrField.Checks(data, 10)));
    }

    [Fact]
    public void Format_and_version_have_the_check_bits_of_the_standards_examples()
    {
        Assert.Equal(0b000111110010010100, QrModules.WithChecks(7, 12, 0x1F25)); // annex D
        Assert.Equal(0b00101_0011011100, QrModules.WithChecks(0b00101, 10, 0x537)); // annex C: level M, mask 5
    }

    [Theory]
    [InlineData("oi")]
    [InlineData("papo://192.168.1.42/general/s=aaaqeayeaudaocajbifqydiob4")]
    [InlineData("papo://chat.example.org/~AAAAAAAAAAAAAAAAAAAAAA/s=aaaqeayeaudaocajbifqydiob4/v=mqtts/k=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/a=aaaqeayeaudaocajbifqydiob4/t=aaaqeayeaudaocajbifqydiob4")]
    [InlineData("maçã 👋")]
    public async Task Another_program_reads_what_is_drawn(string text)
    {
        Assert.True(QrCode.TryMake(text, out var code));
        Assert.Equal(text, await ReadAsync(code));
    }

    [Fact]
    public async Task Every_size_can_be_read()
    {
        for (var length = 10; length <= 850; length += 60)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i * i % 26))));
            Assert.True(QrCode.TryMake(text, out var code));
            Assert.Equal(text, await ReadAsync(code));
        }
    }

    [Fact]
    public void A_text_that_is_too_long_makes_no_code() => Assert.False(QrCode.TryMake(new string('a', 859), out _));

    [Fact]
    public void Every_line_sets_its_colours_and_takes_them_back()
    {
        Assert.True(QrCode.TryMake("oi", out var code));
        Assert.All(QrLines.Coloured(code), static line => Assert.True(line.StartsWith("\e[38;5;16;48;5;231m", StringComparison.Ordinal) && line.EndsWith("\e[0m", StringComparison.Ordinal)));
    }

    // The lines as a terminal shows them, as a picture of dark and light points.
    private static Task<string> ReadAsync(QrCode code) => Camera.ReadAsync(
        [.. QrLines.Of(code).SelectMany(static line => (bool[][])[[.. line.Select(static c => c is '█' or '▀')], [.. line.Select(static c => c is '█' or '▄')]])]);
}
