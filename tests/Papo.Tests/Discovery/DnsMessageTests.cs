// Owns: messages of multicast DNS as bytes: what is read, what is refused, and that nothing throws.
// Must never: need a network.
using System.Net;
using CsCheck;
using Papo.Client.Discovery;

namespace Papo.Tests.Discovery;

public sealed class DnsMessageTests
{
    private static readonly byte[] Header = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0];

    private static Gen<DnsName> Names { get; } =
        Gen.String[Gen.Char.AlphaNumeric, 1, 63].Array[0, 3].Select(static labels => DnsName.Of([.. labels]));

    private static Gen<DnsRecord> Records { get; } =
        from name in Names
        from target in Names
        from kind in Gen.Int[0, 5]
        from number in Gen.Int[1, 65535]
        from text in Gen.String[0, 40].Array[0, 4]
        from four in Gen.Byte.Array[4]
        from six in Gen.Byte.Array[16]
        select kind switch
        {
            0 => DnsRecord.Pointer(name, target, (uint)number),
            1 => DnsRecord.Service(name, target, number, (uint)number),
            2 => DnsRecord.Text(name, text, (uint)number),
            3 => DnsRecord.Address(name, new IPAddress(four), (uint)number),
            4 => DnsRecord.Address(name, new IPAddress(six), (uint)number),
            _ => DnsRecord.Only(name, [DnsType.A, DnsType.Srv], (uint)number),
        };

    private static Gen<DnsMessage> Messages { get; } =
        from id in Gen.UShort
        from response in Gen.Bool
        from truncated in Gen.Bool
        from questions in Gen.Select(Names, Gen.Bool, static (name, unicast) => new DnsQuestion(name, DnsType.Ptr, unicast)).Array[0, 4]
        from answers in Records.Array[0, 6]
        from authorities in Records.Array[0, 3]
        from additionals in Records.Array[0, 6]
        select new DnsMessage
        {
            Id = id,
            IsResponse = response,
            Truncated = truncated,
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
        };

    [Fact]
    public void What_is_written_is_read_again() => Messages.Sample(static message =>
    {
        Assert.True(DnsMessage.TryRead(message.Write(), out var read));
        Assert.Equal((message.Id, message.IsResponse, message.Truncated), (read.Id, read.IsResponse, read.Truncated));
        Assert.Equal(message.Questions, read.Questions);
        Assert.Equal(Full(message), Full(read));
    });

    [Fact]
    public void No_bytes_at_all_make_it_throw() => Gen.Byte.Array[0, 600].Sample(static bytes =>
    {
        DnsMessage.TryRead(bytes, out _);
    });

    [Fact]
    public void A_message_with_any_of_its_bytes_changed_does_not_make_it_throw() => Gen.Select(Messages, Gen.Int[0, 5000], Gen.Byte).Sample(static (message, at, value) =>
    {
        var bytes = message.Write();
        bytes[at % bytes.Length] = value;
        if (DnsMessage.TryRead(bytes, out var read))
        {
            foreach (var record in Full(read).Select(static pair => pair.Record))
            {
                record.Strings();
                record.TryService(out _, out _);
                record.TryTarget(out _);
                record.TryAddress(out _);
            }
        }
    });

    [Fact]
    public void A_message_that_is_cut_anywhere_is_refused()
    {
        var bytes = Answer().Write();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(DnsMessage.TryRead(bytes.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 12 }, "a pointer to itself")]
    [InlineData(new byte[] { 0xC0, 14, 0xC0, 12 }, "two pointers at each other")]
    [InlineData(new byte[] { 0xC0, 20 }, "a pointer forwards")]
    [InlineData(new byte[] { 1, (byte)'a', 0xC0, 12 }, "a name that contains itself")]
    [InlineData(new byte[] { 0x40, 0 }, "a length with the mark of no known kind")]
    public void A_name_that_does_not_end_is_refused(byte[] name, string why)
    {
        byte[] bytes = [.. Header, .. name, 0, 1, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 1];
        Assert.False(DnsMessage.TryRead(bytes, out _), why);
    }

    [Fact]
    public void A_name_of_more_than_255_bytes_is_refused_however_few_bytes_it_is_written_with()
    {
        // Four labels of 63 bytes, and a fifth that points back to them.
        byte[] label = [63, .. Enumerable.Repeat((byte)'a', 63)];
        byte[] bytes = [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, .. label, .. label, .. label, 0, 0, 12, 0, 1, .. label, 0xC0, 12, 0, 12, 0, 1];
        Assert.False(DnsMessage.TryRead(bytes, out _));
    }

    [Fact]
    public void A_count_that_promises_more_than_there_is_is_refused()
    {
        var bytes = Answer().Write();
        (bytes[6], bytes[7]) = (0xFF, 0xFF);
        Assert.False(DnsMessage.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(28, 4)]
    [InlineData(33, 6)]
    [InlineData(12, 0)]
    public void A_record_whose_data_cannot_be_its_type_is_refused(byte type, byte length)
    {
        byte[] bytes = [.. Header, 1, (byte)'a', 0, 0, type, 0, 1, 0, 0, 0, 120, 0, length, .. Enumerable.Repeat((byte)9, length)];
        Assert.False(DnsMessage.TryRead(bytes, out _));
    }

    [Fact]
    public void Compressed_names_inside_of_data_are_read_whole()
    {
        byte[] bytes = [.. Header, 4, .. "casa"u8, 0, 0, 12, 0, 1, 0, 0, 0, 120, 0, 4, 1, (byte)'x', 0xC0, 12];
        Assert.True(DnsMessage.TryRead(bytes, out var message));
        Assert.True(Assert.Single(message.Answers).TryTarget(out var target));
        Assert.Equal(DnsName.Of("x", "casa"), target);
    }

    [Fact]
    public void Names_are_the_same_in_capitals_and_other_letters_stay_apart()
    {
        Assert.Equal(DnsName.Of("CASA", "Local"), DnsName.Of("casa", "local"));
        Assert.Equal(DnsName.Of("CASA").GetHashCode(), DnsName.Of("casa").GetHashCode());
        Assert.NotEqual(DnsName.Of("CAFÉ"), DnsName.Of("café"));
        Assert.NotEqual(DnsName.Of("a", "b"), DnsName.Of("ab"));
    }

    [Fact]
    public void A_label_is_cut_between_two_characters() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("ã", 31)), DnsName.Of(string.Concat(Enumerable.Repeat("ã", 40))).First);

    [Fact]
    public void Of_a_key_that_stands_twice_the_first_counts()
    {
        var strings = DnsRecord.Text(DnsName.Of("a"), ["v=1", "V=2", "flag", "empty=", "=x", "a=b=c"], 1).Strings();
        Assert.Equal(("1", "", "", "b=c", 4), (strings["v"], strings["FLAG"], strings["empty"], strings["a"], strings.Count));
    }

    private static DnsMessage Answer() => new()
    {
        IsResponse = true,
        Answers = [DnsRecord.Pointer(ServiceNames.Papo, ServiceNames.Papo.With("Casa"), 4500), DnsRecord.Service(ServiceNames.Papo.With("Casa"), ServiceNames.Local.With("h"), 1883, 120)],
        Additionals = [DnsRecord.Address(ServiceNames.Local.With("h"), IPAddress.Parse("10.0.0.1"), 120)],
    };

    // Records are equal when they state the same; here their times and flags count too.
    private static List<(DnsRecord Record, uint Ttl, bool Flush)> Full(DnsMessage message) =>
        [.. message.Answers.Concat(message.Authorities).Concat(message.Additionals).Select(static record => (record, record.Ttl, record.Flush))];
}
