// Owns: what a linked copy has in place of its account's key: whose it is, what it is called, and its certified devices.
// Must never: hold a key of the account, or leave half a profile where a whole one is looked for.
using System.Security.Cryptography;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>The folder of a profile that was linked.</summary>
internal static class LinkedProfile
{
    private const string LinkedFile = "linked";

    /// <summary>The account that a profile is linked to, or null where it holds one of its own.</summary>
    /// <exception cref="ProfileException">The file is damaged.</exception>
    public static AccountId? Account(string folder) => Lines(folder) is [var text, ..]
        ? AccountId.TryParse(text, out var account) ? account : throw new ProfileException(ProfileProblem.Damaged, Path.Combine(folder, LinkedFile), "not an account")
        : null;

    /// <summary>What the copy was called when it was linked, or null.</summary>
    public static string? CopyName(string folder) => Lines(folder) is [_, var name, ..] ? name : null;

    /// <summary>Makes the folder of a linked copy elsewhere and moves it into place whole.</summary>
    public static void Make(string folder, string workshop, LinkedIdentity who, SpaceCard space, string url, IReadOnlyList<KnownRoom> rooms)
    {
        var made = Path.Combine(workshop, "made");
        var spaceFolder = Path.Combine(made, "spaces", Base32.Encode(RandomNumberGenerator.GetBytes(5)));
        foreach (var part in (string[])[made, Path.Combine(made, "slots"), Path.Combine(made, "spaces"), spaceFolder])
        {
            PrivateFile.MakeFolder(part);
        }

        PrivateFile.WriteText(Path.Combine(made, LinkedFile), $"{who.Cards[0].Account}\n{who.CopyName.Text}");
        PrivateFile.WriteText(Path.Combine(made, Profile.NameFile), who.Name.Text);
        PrivateFile.WriteText(Path.Combine(spaceFolder, "space"), Convert.ToBase64String(space.Encode()));
        PrivateFile.WriteText(Path.Combine(spaceFolder, "brokers"), url);
        for (var slot = 0; slot < who.Keys.Count; slot++)
        {
            PrivateFile.WriteText(Path.Combine(spaceFolder, $"slot-{slot}.key"), Convert.ToBase64String(who.Keys[slot].Seed.Span));
            PrivateFile.WriteText(Path.Combine(spaceFolder, $"slot-{slot}.card"), Convert.ToBase64String(who.Cards[slot].Bytes.Span));
        }

        using (var store = SpaceStore.Open(Path.Combine(spaceFolder, "store.db")))
        {
            foreach (var room in rooms)
            {
                Keep(store, room, who.Cards[0].Account);
            }

            store.Commit();
        }

        PrivateFile.MakeFolder(Path.GetDirectoryName(folder)!);
        Directory.Move(made, folder);
    }

    private static void Keep(SpaceStore store, KnownRoom room, AccountId account)
    {
        var no = store.Rooms.Get(room.Room).No;
        store.Rooms.Join(no);
        if (room.Room.IsPrivate)
        {
            store.Private.Add(no, new PrivateRow(room.Peer, room.Genesis, room.Peer ?? account, null));
        }
    }

    private static IReadOnlyList<string> Lines(string folder) => PrivateFile.ReadLines(Path.Combine(folder, LinkedFile));
}

/// <summary>Who a linked copy is: its devices' keys and, in the same order, the account's cards for them.</summary>
internal sealed record LinkedIdentity(DisplayName Name, DisplayName CopyName, IReadOnlyList<KeyPair> Keys, IReadOnlyList<DeviceCard> Cards);
