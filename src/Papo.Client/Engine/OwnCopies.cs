// Owns: the copies of this very account: listing them, naming and removing one, listing a linked one that shows its key; and, in a linked copy, asking to be listed.
// Must never: list a copy that was removed, or one whose card does not name it.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>One's own copies (docs/PROTOCOL.md, Linked copies).</summary>
internal sealed class OwnCopies(EngineContext context)
{
    private const long AskEvery = 30_000;
    private const long LookEvery = 1_000;
    private long _askAt;
    private bool _isAsking;

    /// <summary>When to ask to be listed.</summary>
    public long NextAt => context.IsUp && MustBeListed && !_isAsking ? Math.Max(_askAt, context.Now + LookEvery) : long.MaxValue;

    private bool MustBeListed => context is { Self: { } self, Options.Profile.IsLinked: true } && !context.DeviceLists.IsRemovedHere
        && context.DeviceLists.Of(self.Account)?.Copies.Any(context.DeviceLists.IsThis) != true;

    /// <summary>As the newest list has them.</summary>
    public IReadOnlyList<AccountCopy> All() => context.Self is { } self && context.DeviceLists.Of(self.Account) is { } list
        ? [.. list.Copies.Select(copy => new AccountCopy(copy.Copy, copy.Name, copy.Copy == context.DeviceLists.Copy, copy.IsLinked, DateTimeOffset.FromUnixTimeMilliseconds(copy.MadeAt)))]
        : [];

    /// <summary>Gives a copy a name; false where it is not listed, or this copy cannot say so.</summary>
    public bool Name(CopyId copy, DisplayName name) => context.DeviceLists.Write(list => list.Copies.Any(listed => listed.Copy == copy)
        ? (list.Copies.Select(listed => listed.Copy == copy ? listed with { Name = ListedCopy.Cut(name.Text) } : listed), list.Removed)
        : null);

    /// <summary>Takes a linked copy off for good; false where it is not listed, is not linked, or this copy cannot say so.</summary>
    public bool Remove(CopyId copy)
    {
        var isDone = context.DeviceLists.Write(list => list.Removed.Count < Limits.RemovedCopies && list.Copies.Any(listed => listed.Copy == copy && listed.IsLinked)
            ? (list.Copies.Where(listed => listed.Copy != copy), list.Removed.Append(copy))
            : null);
        context.Epochs.Expel();
        return isDone;
    }

    /// <summary>A linked copy of this account shows its key and wants to be listed with it.</summary>
    public ReplyStatus List(DeviceCard asker, RenewRequest request, out ReadOnlyMemory<byte> answer)
    {
        answer = default;
        var self = context.Self!;
        if (context.Options.Profile.IsLinked || asker.Account != self.Account || asker.Copy is not { } copy)
        {
            return ReplyStatus.Denied;
        }

        var status = ReplyStatus.Ok;
        context.DeviceLists.Write(list =>
        {
            var listed = list.Copies.FirstOrDefault(other => other.Copy == copy);
            var isNew = listed?.Prekey.Bytes.Span.SequenceEqual(request.Prekey.Bytes.Span) != true;
            status = list.Removed.Contains(copy) ? ReplyStatus.Denied : listed is null && list.Copies.Count >= Limits.Copies ? ReplyStatus.TooBig : ReplyStatus.Ok;
            var fresh = new ListedCopy(copy, request.Prekey, Math.Min(request.MadeAt, context.Wall)) { Name = listed?.Name ?? ListedCopy.Cut(request.Name), IsLinked = true };
            return status == ReplyStatus.Ok && isNew ? (list.Copies.Where(other => other.Copy != copy).Append(fresh), list.Removed) : null;
        });
        answer = context.DeviceLists.Of(self.Account)!.Bytes;
        if (status == ReplyStatus.Ok)
        {
            context.Linking.Listed(copy);
        }

        return status;
    }

    /// <summary>Another device of this account came: it may hold the key.</summary>
    public void Came()
    {
        _askAt = 0;
        Ask();
    }

    public void Tick(long now)
    {
        if (now >= _askAt)
        {
            Ask();
        }
    }

    // A copy whose current key the newest list does not have asks those that hold the account's.
    private void Ask()
    {
        if (!context.IsUp || _isAsking || !MustBeListed || context.Roster.ReachableOf(context.Self!.Account).FirstOrDefault(static card => card.Copy is null) is not { } holder)
        {
            return;
        }

        _isAsking = true;
        _askAt = context.Now + AskEvery;
        var self = context.Self;
        var prekey = context.DeviceLists.Prekey;
        var name = LinkedProfile.CopyName(context.Options.Profile.Path) ?? "";
        context.Asking.Ask(holder, new RenewRequest(prekey.Pair.Public, prekey.MadeAt, name), (outcome, _) =>
        {
            _isAsking = false;
            if (DeviceList.TryRead(self.Space, outcome.Answer, out var list) && list.Account == self.Account)
            {
                context.DeviceLists.Learn(list);
            }
        });
    }
}
