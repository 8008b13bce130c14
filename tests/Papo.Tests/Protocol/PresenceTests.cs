// Owns: the tests of presence: bytes, signature, and which statement replaces which.
// Must never: believe a statement that the device itself did not sign.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class PresenceTests
{
    private static readonly Presence Here = new()
    {
        Card = Cast.Ana.Card,
        Session = 3,
        State = PresenceState.Online,
        Since = Cast.Now - 1_000,
        At = Cast.Now,
        Status = "almoço 🍲",
        Rooms = [Room.General, Cast.Kitchen],
    };

    [Fact]
    public void A_presence_survives_its_bytes()
    {
        Assert.True(Presence.TryRead(Cast.Home, Here.Sign(Cast.Home, Cast.Ana.DeviceKeys), Cast.NoCard, out var read));
        Assert.Equal((3L, PresenceState.Online, Cast.Now - 1_000, Cast.Now, "almoço 🍲"), (read.Session, read.State, read.Since, read.At, read.Status));
        Assert.Equal(Here.Rooms, read.Rooms);
        Assert.Equal(Cast.Ana.Device, read.Card.Device);
    }

    [Fact]
    public void A_card_seen_before_is_taken_from_memory() =>
        Assert.True(Presence.TryRead(Cast.Home, Here.Sign(Cast.Home, Cast.Ana.DeviceKeys), static _ => Cast.Ana.Card, out var read) && ReferenceEquals(read.Card, Cast.Ana.Card));

    [Fact]
    public void A_presence_with_any_bit_flipped_is_refused()
    {
        var bytes = Here.Sign(Cast.Home, Cast.Ana.DeviceKeys);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(Presence.TryRead(Cast.Home, Cast.Flip(bytes, bit), Cast.NoCard, out _), $"bit {bit}");
        }
    }

    [Fact]
    public void A_presence_of_another_space_or_signer_is_refused()
    {
        Assert.False(Presence.TryRead(Cast.Work, Here.Sign(Cast.Home, Cast.Ana.DeviceKeys), Cast.NoCard, out _));
        Assert.False(Presence.TryRead(Cast.Work, Here.Sign(Cast.Home, Cast.Ana.DeviceKeys), static _ => Cast.Ana.Card, out _));
        Assert.False(Presence.TryRead(Cast.Home, Here.Sign(Cast.Home, Cast.Bia.DeviceKeys), Cast.NoCard, out _));
        Assert.False(Presence.TryRead(Cast.Home, Here.Sign(Cast.Home, Cast.Ana.AccountKeys), Cast.NoCard, out _));
    }

    [Fact]
    public void A_presence_cut_short_or_made_longer_is_refused()
    {
        var bytes = Here.Sign(Cast.Home, Cast.Ana.DeviceKeys);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Presence.TryRead(Cast.Home, bytes.AsMemory(0, length), Cast.NoCard, out _));
        }

        Assert.False(Presence.TryRead(Cast.Home, (byte[])[.. bytes, 0], Cast.NoCard, out _));
        Assert.False(Presence.TryRead(Cast.Home, new byte[9_000], Cast.NoCard, out _));
    }

    [Fact]
    public void Fields_of_later_versions_and_rooms_of_no_open_name_are_skipped()
    {
        Assert.True(Presence.TryRead(Cast.Home, Raw(fields: 10, rooms: ["general", "Not a room", "~AAAAAAAAAAAAAAAAAAAAAA"]), Cast.NoCard, out var read));
        Assert.Equal([Room.General], read.Rooms);
    }

    [Theory]
    [InlineData(2, 1, 0L, "")]
    [InlineData(1, 4, 0L, "")]
    [InlineData(1, -1, 0L, "")]
    [InlineData(1, 1, -1L, "")]
    public void A_signed_presence_with_a_bad_field_is_refused(int version, int state, long session, string status) =>
        Assert.False(Presence.TryRead(Cast.Home, Raw(version, state, session, status), Cast.NoCard, out _));

    [Fact]
    public void A_status_of_eighty_code_points_and_fifty_rooms_are_read_and_more_are_refused()
    {
        static bool Holds(int points, int rooms) => Presence.TryRead(
            Cast.Home, Raw(status: string.Concat(Enumerable.Repeat("😀", points)), rooms: [.. Enumerable.Range(0, rooms).Select(static i => $"room-{i}")]), Cast.NoCard, out _);
        Assert.True(Holds(80, 50));
        Assert.False(Holds(81, 50));
        Assert.False(Holds(80, 51));
    }

    [Theory]
    [InlineData(3, PresenceState.Online, 10, true)] // later of one session
    [InlineData(3, PresenceState.Away, 10, true)]
    [InlineData(3, PresenceState.Offline, 10, true)]
    [InlineData(3, PresenceState.Online, 0, false)] // the same again
    [InlineData(3, PresenceState.Online, -10, false)]
    [InlineData(3, PresenceState.Lost, -10, true)] // a will is signed when the session begins
    [InlineData(4, PresenceState.Lost, -10, true)]
    [InlineData(4, PresenceState.Online, -10, true)]
    [InlineData(2, PresenceState.Online, 10, false)]
    [InlineData(2, PresenceState.Lost, 10, false)] // the will of the connection before
    public void A_statement_replaces_an_older_one_of_its_device(long session, PresenceState state, long later, bool replaces) =>
        Assert.Equal(replaces, (Here with { Session = session, State = state, At = Here.At + later }).Replaces(Here));

    [Fact]
    public void A_broken_connection_does_not_undo_a_farewell_and_does_not_break_twice()
    {
        var will = Here with { State = PresenceState.Lost, At = Here.At - 10 };
        Assert.False(will.Replaces(Here with { State = PresenceState.Offline }));
        Assert.False(will.Replaces(will));
        Assert.True(Here.Replaces(will)); // the device itself, which sees its own stale will
    }

    [Fact]
    public void Nothing_replaces_itself() => Gen.Select(Gen.Long[0, 3], Gen.Int[0, 3], Gen.Long[0, 3]).Sample(
        static (session, state, at) =>
        {
            var presence = Here with { Session = session, State = (PresenceState)state, At = at };
            return !presence.Replaces(presence);
        },
        threads: 1);

    private static byte[] Raw(int version = 1, int state = 1, long session = 3, string status = "", string[]? rooms = null, int fields = 8)
    {
        var content = Cast.Cbor(writer =>
        {
            writer.WriteStartArray(fields);
            writer.WriteInt32(version);
            writer.WriteByteString(Cast.Ana.Card.Bytes.Span);
            writer.WriteInt64(session);
            writer.WriteInt32(state);
            writer.WriteInt64(1);
            writer.WriteInt64(2);
            writer.WriteTextString(status);
            writer.WriteStartArray(rooms?.Length ?? 0);
            foreach (var room in rooms ?? [])
            {
                writer.WriteTextString(room);
            }

            writer.WriteEndArray();
            for (var i = 8; i < fields; i++)
            {
                writer.WriteNull();
            }

            writer.WriteEndArray();
        });
        return SignedContent.Make(Cast.Ana.DeviceKeys, new SignedList("papo/1 presence").Add(Cast.Home.Value), content);
    }
}
