// Owns: answering what only private rooms are asked for: their commits, and secrets for those who may have them.
// Must never: hand a secret to a key that is not in the newest list of the asker's account, or to somebody who may not read that epoch.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Commits and secrets for members.</summary>
internal sealed class SecretAnswer(EngineContext context)
{
    private const int AtATime = 256;

    /// <summary>Commits in the order in which they came here.</summary>
    public (ReplyStatus Status, bool More) Commits(CommitsRequest request, List<RoomEntries> answer, ReplySpace space)
    {
        if (!context.Rooms.TryGet(request.Room, out var room))
        {
            return (ReplyStatus.Gone, false);
        }

        var chat = context.Self!.Space;
        var commits = context.Store.Sealed.Commits(chat, room.No, room.Room, AtATime, request.Skip);
        var births = commits.Select(static entry => entry.Header.Device).Distinct()
            .SelectMany(device => context.Store.Entries.Range(chat, room.No, room.Room, new EntryRange(device, 0, 0), 2)).ToList();
        var left = space.Budget - births.Sum(PackedEntry.MaxSize);
        var fitting = commits.TakeWhile(entry => (left -= space.Fits(entry) ? PackedEntry.MaxSize(entry) : 0) >= 0).ToList();
        answer.Add(new RoomEntries(room.Room, [.. births.Concat(fitting)]));
        return (ReplyStatus.Ok, fitting.Count < commits.Count || commits.Count == AtATime);
    }

    /// <summary>Secrets that are here, of epochs that the asker may read; more where they do not fit.</summary>
    public (ReplyStatus Status, bool More) Secrets(DeviceCard asker, SecretsRequest request, ReadOnlySpan<byte> nonce, ReplySpace space, out IReadOnlyList<SealedSecret> secrets)
    {
        secrets = [];
        if (context.Options.Hub is not null || !context.Rooms.TryGet(request.Room, out var room) || context.Epochs.Of(room) is not { } known)
        {
            return (ReplyStatus.Gone, false);
        }

        context.DeviceLists.Learn(request.List);
        if (!known.Graph.Now.Members.Contains(asker.Account) || context.DeviceLists.Of(asker.Account)?.Copies.FirstOrDefault(copy => copy.Copy == request.Copy) is not { } listed)
        {
            return (ReplyStatus.Denied, false);
        }

        var found = new List<SealedSecret>();
        foreach (var commit in request.Commits)
        {
            if (known.Graph.TryGet(commit, out var node) && known.Secrets.TryGetValue(commit, out var secret) && (known.Graph.SharesPast || node.Commit.Members.Contains(asker.Account)))
            {
                if (found.Count == space.Secrets)
                {
                    secrets = found;
                    return (ReplyStatus.Ok, true);
                }

                found.Add(SealedSecret.Seal(context.Self!.Space, room.Room, commit, asker.Device, nonce, listed.Prekey, secret, ExchangeKeyPair.Generate()));
            }
        }

        secrets = found;
        return (ReplyStatus.Ok, false);
    }
}
