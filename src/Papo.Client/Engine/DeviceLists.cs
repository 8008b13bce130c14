// Owns: the device lists of the people in private rooms, and this copy's own place in the list of its account.
// Must never: believe a list with a lower counter than one seen before, or take another copy off one's own list unasked.
using System.Security.Cryptography;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>To which keys secrets go (docs/PROTOCOL.md, Device lists).</summary>
internal sealed class DeviceLists(EngineContext context)
{
    private const long Day = 24 * 3_600_000L;
    private const long RotateAfter = 7 * Day;
    private const long ForgetAfter = 30 * Day; // after it was replaced: whoever had an older list may have used it meanwhile
    private const long GoneAfter = 90 * Day; // a copy that lives makes a new key every week
    private const long Unreadable = -2; // what the broker shows of this account
    internal const string CopyKey = "copy";
    private readonly Dictionary<AccountId, DeviceList> _lists = [];
    private readonly HashSet<AccountId> _watched = [];
    private readonly List<(AccountId Account, TaskCompletionSource Known)> _expected = [];
    private IReadOnlyList<PrekeyRow> _prekeys = [];
    private readonly HashSet<AccountId> _unlisted = [];
    private long _shown = -1;
    private readonly HashSet<AccountId> _wanted = [];
    private readonly Patience _asksAgain = new(2_000, 600_000);
    private readonly Patience _putsBack = new(1_000, 600_000); // who writes nonsense there again and again is not answered each time
    private long _renewAt = long.MaxValue;
    private bool _toldRemoved;

    /// <summary>When this copy's key has to be looked after, or a list.</summary>
    public long NextAt => Math.Min(_renewAt, context.IsUp ? Math.Min(_asksAgain.NextAt, _putsBack.NextAt) : long.MaxValue);

    /// <summary>Which copy of the profile this is.</summary>
    public CopyId Copy { get; private set; }

    /// <summary>The keys of this copy, the current one first.</summary>
    public IEnumerable<ExchangeKeyPair> Prekeys => _prekeys.Select(static row => row.Pair);

    /// <summary>Topics to subscribe to with a connection.</summary>
    public IEnumerable<Subscription> Filters => _watched.Select(account => new Subscription(context.Topics.DeviceList(account), 0));

    /// <summary>The newest list seen of an account, or null.</summary>
    public DeviceList? Of(AccountId account)
    {
        if (!_lists.TryGetValue(account, out var list) && !_unlisted.Contains(account))
        {
            if (context.Store.Prekeys.List(account) is { } bytes && DeviceList.TryRead(context.Self!.Space, bytes, out list))
            {
                _lists.Add(account, list);
            }
            else
            {
                _unlisted.Add(account);
            }
        }

        return list;
    }

    /// <summary>Whether a device is of a linked copy that its account has removed.</summary>
    public bool IsRemoved(DeviceCard card) => card.Copy is { } copy && Of(card.Account)?.Removed.Contains(copy) == true;

    /// <summary>Whether this very copy was removed.</summary>
    public bool IsRemovedHere => context.Self is { } self && IsRemoved(self.Card);

    /// <summary>Wants to know the lists of an account from now on.</summary>
    public void Watch(AccountId account)
    {
        if (_watched.Add(account) && context.IsUp)
        {
            _ = context.Session.SubscribeAsync([new Subscription(context.Topics.DeviceList(account), 0)]);
        }
    }

    /// <summary>Something waits for the first list of an account: what the broker shows is asked for until there is one.</summary>
    public void Want(AccountId account)
    {
        Watch(account);
        if (Of(account) is null && _wanted.Add(account))
        {
            _asksAgain.Begin(context.Now);
        }
    }

    /// <summary>Once the space is known: sees to it that this copy has a key and stands in its account's list.</summary>
    public void Begin(Self self)
    {
        if (context.Options.Hub is null)
        {
            Watch(self.Account);
            Renew(self);
        }
    }

    /// <summary>The connection is up and what was retained has come.</summary>
    public void Up()
    {
        if (context is { Options.Hub: null, Self: { } self })
        {
            Renew(self);
            Show(self);
        }
    }

    /// <summary>The connection ended.</summary>
    public void Down()
    {
        _shown = -1;
        _putsBack.End(); // every connection begins with showing it
    }

    public void Tick(long now)
    {
        if (context.Self is not { } self)
        {
            return;
        }

        if (now >= _renewAt)
        {
            Renew(self);
            Show(self);
        }

        if (!context.IsUp)
        {
            return;
        }

        if (_asksAgain.TakeTurn(now))
        {
            _ = context.Session.SubscribeAsync([.. _wanted.Select(account => new Subscription(context.Topics.DeviceList(account), 0))]);
        }

        if (_putsBack.TakeTurn(now) && _shown == Unreadable)
        {
            Show(self);
        }
    }

    /// <summary>A list came from the broker.</summary>
    public void Take(Self self, ParsedTopic topic, InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!_watched.Contains(topic.Account))
        {
            return;
        }

        if (!DeviceList.TryRead(self.Space, message.Payload, out var list) || list.Account != topic.Account)
        {
            NotReadable(self, topic.Account);
            return;
        }

        if (list.Account != self.Account)
        {
            Learn(list);
            return;
        }

        _shown = list.Counter;
        if (context.Options.Profile.IsLinked)
        {
            Learn(list);
            Show(self);
            return;
        }

        Renew(self); // another process of the profile may have written it
        foreach (var listed in Of(self.Account)?.Copies ?? [])
        {
            context.Linking.Listed(listed.Copy); // another process of the profile may have been asked
        }

        if (list.Copies.FirstOrDefault(copy => copy.Copy == Copy) is { } mine && !_prekeys.Any(row => row.Pair.Public.Bytes.Span.SequenceEqual(mine.Prekey.Bytes.Span)))
        {
            Copy = NewCopy(context.Store.Meta); // this profile was copied together with its id: from now on they are two
        }

        if (Of(self.Account) is { } own && own.Counter <= list.Counter && !own.Bytes.Span.SequenceEqual(list.Bytes.Span))
        {
            // Another copy of the profile has written it without knowing of this one: the next list has both.
            Make(self, list.Counter + 1, list.Copies.Concat(own.Copies).DistinctBy(static copy => copy.Copy), list.Removed.Union(own.Removed));
        }

        Show(self);
    }

    /// <summary>Completes when the list of an account is known.</summary>
    public Task ExpectAsync(AccountId account)
    {
        Want(account);
        if (Of(account) is not null)
        {
            return Task.CompletedTask;
        }

        var known = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _expected.Add((account, known));
        return known.Task;
    }

    /// <summary>Takes a verified list where it is newer than what is known.</summary>
    public void Learn(DeviceList list)
    {
        if (Of(list.Account) is { } before && before.Counter >= list.Counter)
        {
            return;
        }

        if (_wanted.Remove(list.Account) && _wanted.Count == 0)
        {
            _asksAgain.End();
        }

        var isShorter = TellRemoved(list) && list.Account != context.Self!.Account;
        _unlisted.Remove(list.Account);
        _lists[list.Account] = list;
        context.Store.Prekeys.Keep(list);
        if (isShorter)
        {
            context.Invites.Again(list.Account);
        }

        context.Epochs.Wake(); // what waited for a key can be sealed now
        foreach (var (_, known) in _expected.Where(waiter => waiter.Account == list.Account))
        {
            known.TrySetResult();
        }

        _expected.RemoveAll(waiter => waiter.Account == list.Account);
    }

    /// <summary>Writes the next list of this account, where this copy holds its key; false elsewhere.</summary>
    public bool Write(Func<DeviceList, (IEnumerable<ListedCopy> Copies, IEnumerable<CopyId> Removed)?> change)
    {
        if (context is not { Self: { } self, Options.Profile.IsLinked: false })
        {
            return false;
        }

        Renew(self);
        var list = Of(self.Account)!;
        if (change(list) is not { } next)
        {
            return false;
        }

        Make(self, list.Counter + 1, next.Copies, next.Removed);
        Show(self);
        return true;
    }

    // It was damaged on the way, here or there: of somebody else's nothing is known yet, one's own is put back.
    private void NotReadable(Self self, AccountId account)
    {
        if (account != self.Account)
        {
            Want(account);
        }
        else if (Of(account) is not null)
        {
            _shown = Unreadable;
            _putsBack.Begin(context.Now);
        }
    }

    // Said once: what a removed copy says in open rooms is shown as such from now on.
    private bool TellRemoved(DeviceList list)
    {
        var isShorter = list.Removed.Except(Of(list.Account)?.Removed ?? []).Any();
        if (isShorter && list.Account != context.Self!.Account)
        {
            context.Emit(new Noticed(new Notice(NoticeKind.DeviceRemoved, null, context.Roster.NameOf(list.Account))));
        }
        else if (context.Self!.Card.Copy is { } own && list.Account == context.Self.Account && list.Removed.Contains(own) && !_toldRemoved)
        {
            _toldRemoved = true;
            context.Emit(new Noticed(new Notice(NoticeKind.RemovedHere)));
        }

        return isShorter;
    }

    // Another process of the profile may have done it a moment ago: what counts is what is on the disk once the batch is open.
    private void Renew(Self self)
    {
        var store = context.Store;
        var wall = context.Wall;
        store.Prekeys.Lock();
        Copy = self.Card.Copy ?? OwnCopy(store.Meta);
        _prekeys = store.Prekeys.All();
        if (_prekeys is not [{ ReplacedAt: null } current, ..] || wall - current.MadeAt > RotateAfter)
        {
            store.Prekeys.Rotate(ExchangeKeyPair.Generate(), wall);
        }

        if (_prekeys.Any(row => row.ReplacedAt < wall - ForgetAfter))
        {
            store.Prekeys.Forget(wall - ForgetAfter);
        }

        _prekeys = store.Prekeys.All();
        _renewAt = context.Now + Math.Max(60_000, _prekeys[0].MadeAt + RotateAfter - wall);
        var known = store.Prekeys.List(self.Account) is { } bytes && DeviceList.TryRead(self.Space, bytes, out var list) ? list : null;
        if (!context.Options.Profile.IsLinked && known?.Copies.Any(IsThis) != true)
        {
            Make(self, (known?.Counter ?? 0) + 1, known?.Copies ?? [], known?.Removed ?? []);
        }
        else if (known is not null)
        {
            _lists[self.Account] = known;
        }
    }

    // This copy as it is now, and the others that live.
    private void Make(Self self, long counter, IEnumerable<ListedCopy> copies, IEnumerable<CopyId> removed)
    {
        var gone = removed.Order().Take(Limits.RemovedCopies).ToHashSet();
        var all = copies.Where(copy => !gone.Contains(copy.Copy)).ToList();
        var own = new ListedCopy(Copy, _prekeys[0].Pair.Public, _prekeys[0].MadeAt) { Name = all.Find(copy => copy.Copy == Copy)?.Name ?? "" };
        var others = all.Where(copy => copy.Copy != Copy && copy.MadeAt > context.Wall - GoneAfter).OrderByDescending(static copy => copy.MadeAt).Take(Limits.Copies - 1);
        var list = DeviceList.Make(self.Space, context.Options.Profile.AccountKey!, counter, others.Append(own), gone);
        context.Store.Prekeys.Keep(list);
        _unlisted.Remove(self.Account);
        _lists[self.Account] = list;
    }

    /// <summary>This copy's current key.</summary>
    public PrekeyRow Prekey => _prekeys[0];

    /// <summary>Whether this is the present copy, with its current key.</summary>
    public bool IsThis(ListedCopy copy) => copy.Copy == Copy && copy.Prekey.Bytes.Span.SequenceEqual(_prekeys[0].Pair.Public.Bytes.Span);

    private static CopyId OwnCopy(MetaTable meta)
    {
        if (CopyId.TryRead(meta.Bytes(CopyKey), out var known))
        {
            return known;
        }

        return NewCopy(meta);
    }

    private static CopyId NewCopy(MetaTable meta)
    {
        var made = RandomNumberGenerator.GetBytes(CopyId.Size);
        meta.SetBytes(CopyKey, made);
        return CopyId.TryRead(made, out var copy) ? copy : throw new InvalidOperationException("16 bytes are an id");
    }

    // The broker is a cache: who finds his list there missing or older puts it back.
    private void Show(Self self)
    {
        if (context.IsUp && Of(self.Account) is { } own && _shown < own.Counter)
        {
            _shown = own.Counter;
            var message = new PublishMessage(context.Topics.DeviceList(self.Account), own.Bytes) { Qos = 0, Retain = true };
            context.AfterCommit(() => context.Publish(message, null));
        }
    }
}
