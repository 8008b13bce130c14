// Owns: carrying out what the chat asks of the library: messages one after the other, questions beside them.
// Must never: hold up the loop that reads changes: the library waits for that reader.
using System.Threading.Channels;
using Papo.Client;
using Papo.FullScreen;
using Papo.Hosting;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Runs effects and posts exactly one answer for each.</summary>
internal sealed class EffectRunner(ChatClient client, Profile profile, ChannelWriter<ChatEvent> answers, TimeProvider time, CancellationToken cancellation)
{
    /// <summary>How many effects may wait before piped input is no longer read.</summary>
    public const int FullBacklog = 64;

    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(5);

    // Unbounded, but filled only by one person's keys, or by piped lines that stop at FullBacklog.
    private readonly Channel<ChatEffect> _ordered = Channel.CreateUnbounded<ChatEffect>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Task> _beside = [];

    /// <summary>Takes an effect.</summary>
    public void Post(ChatEffect effect)
    {
        if (effect is SendEffect or SendAboutEffect or JoinEffect or DirectEffect or CreateEffect or MemberEffect or VerifyEffect or EmojiEffect or LeaveEffect or RenameEffect or StatusEffect or RetryEffect or DeviceEffect or HideEffect or KeepEffect or PreferEffect)
        {
            _ordered.Writer.TryWrite(effect);
            return;
        }

        _beside.RemoveAll(static task => task.IsCompletedSuccessfully);
        _beside.Add(RunOneAsync(effect));
    }

    /// <summary>Runs the ordered effects until <see cref="StopAsync"/>.</summary>
    public async Task RunAsync()
    {
        await foreach (var effect in _ordered.Reader.ReadAllAsync(cancellation))
        {
            await RunOneAsync(effect);
        }
    }

    /// <summary>No more effects; waits for those that run.</summary>
    public async Task StopAsync()
    {
        _ordered.Writer.TryComplete();
        await Task.WhenAll(_beside);
    }

    private async Task RunOneAsync(ChatEffect effect)
    {
        ChatEvent answer;
        try
        {
            answer = await AnswerAsync(effect);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answer = new NotDone(); // the library gave it up: its disk failed, or it is ending
        }
        catch (ProfileException)
        {
            answer = new NotDone(); // a name or a list that the disk did not take
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            answer = new Faulted(fault); // the loop ends the chat with it, terminal restored
        }

        await answers.WriteAsync(answer, cancellation);
    }

    private async Task<ChatEvent> AnswerAsync(ChatEffect effect)
    {
        switch (effect)
        {
            case SendEffect send:
                return await SendAsync(send.Room, send.Draft, send.Typed);
            case SendAboutEffect about:
                return await client.FindAsync(about.Prefix, cancellation) is { Id: { } id } found
                    ? await SendAsync(found.Room, about.Draft with { Target = id }, about.Typed)
                    : new NoSuchId(about.Prefix, about.Typed);
            case JoinEffect join:
                await client.JoinAsync(join.Room, cancellation);
                return new RoomJoined(join.Room);
            case DirectEffect direct:
                return await client.OpenDirectAsync(direct.Name, cancellation) switch
                {
                    null => new NobodyCalled(direct.Name, direct.Typed),
                    { } room when direct.Draft is null => new RoomJoined(room),
                    { } room => new DirectOpened(room, await SendAsync(room, direct.Draft, direct.Typed)),
                };
            case CreateEffect create:
                return await client.CreateRoomAsync(create.Title, create.SharesPast, cancellation) is { } made ? new RoomJoined(made) : new NotDone();
            case MemberEffect member:
                var result = member.IsIn
                    ? await client.InviteAsync(member.Room, member.Name, cancellation)
                    : await client.RemoveAsync(member.Room, member.Name, cancellation);
                return new MemberChanged(member.Name, member.Room, member.IsIn, result);
            case LinkEffect link:
                return await LinkAsync(link.Room);
            case DeviceEffect device:
                return await DeviceErrands.RunAsync(client, device, cancellation);
            case RenameEffect when profile.IsLinked:
                return new NameHeldElsewhere();
            case VerifyEffect verify:
                return await (verify.Decision is { } isVerified ? client.DecideAsync(verify.Name, isVerified, cancellation) : client.SafetyAsync(verify.Name, cancellation)) is { } check
                    ? new SafetyKnownOf(check, verify.Decision)
                    : new NobodyCalled(verify.Name, "");
            case EmojiEffect emoji:
                return await client.CompareEmojiAsync(emoji.Name, cancellation) is { } begun ? new EmojiAskedFor(begun) : new NobodyCalled(emoji.Name, "");
            case LeaveEffect leave:
                await client.LeaveAsync(leave.Room, cancellation);
                return new RoomLeft(leave.Room);
            case HistoryEffect history:
                return await LoadAsync(history);
            case ThreadEffect thread:
                return new ThreadKnown(await client.ThreadAsync(thread.Message, cancellation));
            case SearchEffect search:
                return new SearchDone(await client.SearchAsync(search.Words, null, null, 50, client.Connection.Up ? Loading : TimeSpan.Zero, cancellation));
            case RoomsEffect:
                return new RoomsListed(await client.RoomsAsync(cancellation));
            case WhoEffect who:
                return new PeopleListed(await client.WhoAsync(who.Room, cancellation), who.Room, who.HeaderOnly);
            case RenameEffect rename:
                await client.RenameAsync(rename.Name, cancellation);
                return new NameChanged(rename.Name);
            case StatusEffect status:
                await client.SetStatusAsync(status.Away, status.Text, cancellation);
                return new StatusSet(status.Away);
            case RetryEffect retry:
                foreach (var number in retry.Numbers)
                {
                    await client.RetryAsync(number, cancellation);
                }

                return new Retried();
            case HideEffect hide:
                profile.Hidden = hide.Hidden;
                return new HiddenKept();
            case PageEffect page:
                return new PageLoaded(page, await client.HistoryAsync(page.Room, page.Query, page.Use == PageUse.Opening || !client.Connection.Up ? TimeSpan.Zero : Loading, cancellation));
            case CrowdEffect:
                return new CrowdKnown(await client.WhoAsync(null, cancellation));
            case InsideEffect inside:
                return new InsideKnown(inside.Room, await client.WhoAsync(inside.Room, cancellation));
            case VenueEffect:
                return new VenueKnown(await client.VenueAsync(cancellation));
            case PreferEffect prefer:
                profile.Preferences = prefer.Preferences.Lines;
                return new Kept();
            case KeepEffect keep:
                profile.Places = keep.State.Lines();
                return new Kept();
            default:
                throw new InvalidOperationException($"no runner for {effect.GetType().Name}");
        }
    }

    private async Task<ChatEvent> SendAsync(Room room, Draft draft, string typed)
    {
        var receipt = await client.SendAsync(room, draft, cancellation);
        return receipt.Number is { } number ? new SendTaken(number, room, draft) : new SendNotTaken(receipt.Problem ?? SendProblem.Refused, typed);
    }

    private async Task<ChatEvent> LinkAsync(Room room)
    {
        if (await client.LinkAsync(room, InviteLink.UsualTime, cancellation) is not { } link)
        {
            return new LinkMade(room, null, default, OnlyHere: false);
        }

        var reachable = await ReachableAddress.FindAsync(link.Broker, cancellation);
        return new LinkMade(room, link with { Broker = reachable ?? link.Broker }, time.GetUtcNow() + InviteLink.UsualTime, reachable is null);
    }

    private async Task<ChatEvent> LoadAsync(HistoryEffect history)
    {
        var up = history.Use == HistoryUse.Opening ? await client.WaitConnectedAsync(FirstConnection, cancellation) : client.Connection.Up;
        if (up && history.Use != HistoryUse.Asked)
        {
            await client.CatchUpAsync(history.Room, Loading, cancellation);
        }

        var query = new HistoryQuery(history.Count) { BeforeId = history.From is null ? history.Before : null, AfterTime = history.From };
        var page = await client.HistoryAsync(history.Room, query, up ? Loading : TimeSpan.Zero, cancellation);
        if (!up || history.Use == HistoryUse.Asked)
        {
            return new HistoryLoaded(history.Room, page, null, history.Use) { IsFromTime = history.From is not null };
        }

        var people = await client.WhoAsync(history.Room, cancellation);
        return new HistoryLoaded(history.Room, page, people.Count(static person => person.Online), history.Use);
    }
}
