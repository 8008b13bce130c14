// Owns: characters of a console into bytes, as they come.
// Must never: need a console.
using System.Text;
using Papo.Terminal;

namespace Papo.Tests.Program;

public sealed class CharacterBytesTests
{
    [Fact]
    public void A_character_that_comes_in_two_reads_is_one()
    {
        var bytes = new CharacterBytes();
        var buffer = new byte[16];
        Assert.Equal(0, bytes.Encode("😀".AsSpan(0, 1), buffer));
        Assert.Equal(4, bytes.Encode("😀".AsSpan(1), buffer));
        Assert.Equal("😀"u8, buffer.AsSpan(0, 4));
    }

    [Theory]
    [InlineData(1024, 'ã')]
    [InlineData(7, '語')]
    [InlineData(10, '語')]
    public void As_many_as_have_room_fit_behind_half_a_character(int size, char next)
    {
        var bytes = new CharacterBytes();
        var buffer = new byte[size];
        Assert.Equal(0, bytes.Encode("😀".AsSpan(0, 1), buffer));
        var text = "😀" + new string(next, CharacterBytes.Room(size) - 1);
        var count = bytes.Encode(text.AsSpan(1), buffer);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer.AsSpan(0, count)));
    }
}
