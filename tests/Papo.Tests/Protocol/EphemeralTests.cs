// Owns: the tests of typing and beacons.
// Must never: take a beacon of one room for that of another.
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class EphemeralTests
{
    private static readonly Ephemeral Typing = new(Cast.Ana.Account, Cast.Ana.Device, Cast.Now, new TypingBody(true));

    private static readonly Ephemeral Beacon = new(Cast.Ana.Account, Cast.Ana.Device, Cast.Now, new BeaconBody(
        UInt128.MaxValue / 3, 2, [new Head(Cast.Ana.Device, 7, new EntryId(70)), new Head(Cast.Bia.Device, 0, default)]));

    [Fact]
    public void Typing_and_beacons_survive_their_bytes()
    {
        Assert.True(Ephemeral.TryRead(Typing.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys), out var typing, out var split));
        Assert.Equal(Typing, typing);
        Assert.True(typing.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split));
        Assert.True(Ephemeral.TryRead(Beacon.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys), out var beacon, out split));
        var (expected, read) = ((BeaconBody)Beacon.Body, Assert.IsType<BeaconBody>(beacon.Body));
        Assert.Equal((expected.Digest, expected.Count), (read.Digest, read.Count));
        Assert.Equal(expected.Changed, read.Changed);
        Assert.True(beacon.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split));
    }

    [Fact]
    public void A_beacon_of_another_room_space_or_device_is_refused()
    {
        Assert.True(Ephemeral.TryRead(Beacon.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys), out var beacon, out var split));
        Assert.False(beacon.IsSignedBy(Cast.Ana.Card, Cast.Home, Cast.Kitchen, split));
        Assert.False(beacon.IsSignedBy(Cast.Ana.Card, Cast.Work, Room.General, split));
        Assert.False(beacon.IsSignedBy(Cast.Bia.Card, Cast.Home, Room.General, split));
        Assert.True(Ephemeral.TryRead(Beacon.Sign(Cast.Home, Room.General, Cast.Bia.DeviceKeys), out beacon, out split));
        Assert.False(beacon.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split));
        var asBia = Beacon with { Account = Cast.Bia.Account };
        Assert.True(Ephemeral.TryRead(asBia.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys), out beacon, out split));
        Assert.False(beacon.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split));
    }

    [Fact]
    public void A_beacon_with_any_bit_flipped_is_refused()
    {
        var bytes = Beacon.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(
                Ephemeral.TryRead(Cast.Flip(bytes, bit), out var read, out var split) && read.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split), $"bit {bit}");
        }
    }

    [Fact]
    public void Thirty_two_changed_heads_are_read_and_one_more_is_refused()
    {
        static byte[] With(int heads) => (Beacon with { Body = new BeaconBody(1, 1, [.. Enumerable.Repeat(new Head(Cast.Ana.Device, Limits.Seq, new EntryId(UInt128.MaxValue)), heads)]) })
            .Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys);
        Assert.True(Ephemeral.TryRead(With(32), out _, out _));
        Assert.False(Ephemeral.TryRead(With(33), out _, out _));
    }

    [Theory]
    [InlineData(1, 1, 6, true)]
    [InlineData(1, 1, 8, true)] // later fields
    [InlineData(2, 1, 6, false)]
    [InlineData(1, 2, 6, false)] // a type of a later version is nothing to this one
    [InlineData(1, 0, 6, false)] // a beacon without its fields
    [InlineData(1, 1, 33, false)]
    public void Later_fields_are_skipped_and_other_versions_and_types_are_left_alone(int version, int type, int fields, bool valid)
    {
        var content = Cast.Cbor(writer =>
        {
            writer.WriteStartArray(fields);
            writer.WriteInt32(version);
            writer.WriteInt32(type);
            writer.WriteByteString(Cast.Ana.Account.ToBytes());
            writer.WriteByteString(Cast.Ana.Device.ToBytes());
            writer.WriteInt64(Cast.Now);
            for (var i = 5; i < fields; i++)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteEndArray();
        });
        Assert.Equal(valid, Ephemeral.TryRead((byte[])[.. content, .. new byte[64]], out _, out _));
    }
}
