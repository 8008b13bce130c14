// Owns: the proof that spec/vectors/ says what this code does.
// Must never: write a file unless PAPO_WRITE_VECTORS=1 asks for it.
using Papo.Protocol;

namespace Papo.Tests.Protocol.Vectors;

public sealed class VectorsTests
{
    private static readonly Dictionary<string, Func<VectorFile>> Makers = new()
    {
        ["signed-lists.json"] = EntryVectors.SignedLists,
        ["ids.json"] = EntryVectors.Ids,
        ["cards.json"] = EntryVectors.Cards,
        ["entries.json"] = EntryVectors.Entries,
        ["presences.json"] = MessageVectors.Presences,
        ["hubs.json"] = MessageVectors.Hubs,
        ["space-cards.json"] = MessageVectors.Spaces,
        ["ephemerals.json"] = MessageVectors.Ephemerals,
        ["requests.json"] = MessageVectors.Requests,
        ["replies.json"] = MessageVectors.Replies,
        ["heads-digests.json"] = MessageVectors.Digests,
        ["device-lists.json"] = PrivateVectors.DeviceLists,
        ["private-rooms.json"] = PrivateVectors.PrivateRooms,
        ["commits.json"] = PrivateVectors.Commits,
        ["sealed-entries.json"] = PrivateVectors.SealedEntries,
        ["invites.json"] = PrivateVectors.Invites,
        ["handed-secrets.json"] = PrivateVectors.HandedSecrets,
        ["links.json"] = LinkVectors.Links,
        ["safety-numbers.json"] = MessageVectors.SafetyNumbers,
        ["emoji.json"] = EmojiVectors.Emoji,
        ["refused-entries.json"] = RefusedVectors.Entries,
        ["refused-headers.json"] = RefusedVectors.Headers,
        ["refused-keys.json"] = RefusedVectors.Keys,
        ["refused-names.json"] = RefusedVectors.Names,
    };

    public static TheoryData<string> Files => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_vector_file_says_what_the_code_does(string file)
    {
        var (path, content) = (SpecFolder.Of(file), Makers[file]().ToString());
        if (Environment.GetEnvironmentVariable("PAPO_WRITE_VECTORS") == "1")
        {
            File.WriteAllText(path, content);
        }

        Assert.Equal(File.ReadAllText(path), content);
    }

    [Fact]
    public void A_reply_holds_the_packed_form_of_the_vectors()
    {
        var card = Cast.CardEntry(Cast.Ana);
        var reply = new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, [new RoomEntries(Room.General, [card])]).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys);
        Assert.True(reply.AsSpan().IndexOf(EntryVectors.Packed(card)) > 0);
    }
}
