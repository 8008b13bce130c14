// Owns: doing the steps of a plan.
// Must never: wait for an answer that a fault may have swallowed, or choose anything the seed has not chosen.
using System.Diagnostics;
using System.Globalization;
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>Plays a world.</summary>
internal sealed class Conductor(Cast cast)
{
    private static readonly TimeSpan LinkingTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LinkingPause = TimeSpan.FromMilliseconds(30);
    private readonly List<Task> _pending = [];
    private Task<bool> _linking = Task.FromResult(false);
    private int _guests;

    public async Task PlayAsync(IReadOnlyList<Step> steps, Func<Task> afterFault)
    {
        foreach (var step in steps)
        {
            await DoAsync(step);
            await Task.Delay(TimeSpan.FromMilliseconds(step.Then), TimeProvider.System);
            if (step is Kill or Disturb or ArmFault)
            {
                await afterFault();
            }
        }
    }

    /// <summary>What was asked for and not answered yet.</summary>
    public Task PendingAsync() => Task.WhenAll(_pending);

    private async Task DoAsync(Step step)
    {
        switch (step)
        {
            case Say say:
                Ask(say.Who, cast.OnWire(say.Room), say.Text, static room => $"say {room}");
                break;
            case Whisper whisper:
                Ask(whisper.Who, cast.DirectRoom(whisper.Who, whisper.Whom), whisper.Text, _ => $"whisper {whisper.Whom}");
                break;
            case MakeDen make:
                cast.Den = (await cast.Find(make.Who).AskAsync($"create {WorldPlan.Den[1..]}"))?.Room;
                break;
            case Admit admit when cast.Den is { } den:
                _pending.Add(cast.Find(admit.Who).AskAsync($"{(admit.IsIn ? "invite" : "remove")} {den} {admit.Whom}"));
                break;
            case OpenBeside beside:
                cast.Player(beside.Who).Beside.Launch();
                break;
            case Link link:
                cast.Find(link.Linked).Launch();
                Link(cast.Player(link.Linked), link.Death);
                break;
            case AwaitLinked linking:
                await AwaitAsync(cast.Player(linking.Linked));
                break;
            case NameLinked name:
                _pending.Add(NameAsync(name));
                break;
            case RemoveLinked remove:
                _pending.Add(RemoveAsync(remove));
                break;
            case Amend amend:
                Do(amend);
                break;
            case Guest guest:
                cast.Ledger.SayAsGuest(guest.Text);
                _pending.Add(PublishAsync(guest));
                break;
            case Forge forge:
                _pending.Add(cast.Forger.AskAsync(string.Create(CultureInfo.InvariantCulture, $"forge {forge.How} {forge.Pick:F6}")));
                break;
            case Enter enter:
                cast.Player(enter.Who).Rooms.Add(enter.Room);
                _pending.Add(cast.Find(enter.Who).AskAsync($"{(enter.Leaves ? "leave" : "join")} {enter.Room}"));
                break;
            case Arrive arrive:
                cast.Find(arrive.Who).Launch();
                break;
            case Disturb disturb:
                cast.Player(disturb.Who).Way.Disturb(disturb.How, disturb.Much);
                break;
            case Kill kill:
                await cast.Find(kill.Who).KillAsync();
                break;
            case Restart restart:
                cast.Find(restart.Who).Launch();
                break;
            case ArmFault arm:
                _pending.Add(cast.Find(arm.Who).AskAsync($"fault {arm.Point}"));
                break;
            case FillDisk { Frees: false } fill:
                cast.Player(fill.Who).Disk?.Fill();
                break;
            case FillDisk free:
                cast.Player(free.Who).Disk?.Free();
                break;
            case JumpClock jump:
                _pending.Add(cast.Find(jump.Who).AskAsync(string.Create(CultureInfo.InvariantCulture, $"jump {jump.By.TotalSeconds:F0}")));
                break;
        }
    }

    // Whoever has said nothing yet whose id is known here has nothing to amend.
    private void Do(Amend amend)
    {
        var isOwn = amend.Kind is EntryKind.Edit or EntryKind.Delete;
        var room = cast.OnWire(amend.Room);
        var targets = room is not null ? cast.Ledger.Targets(room, isOwn ? WorldPlan.PersonOf(amend.Who) : null) : [];
        if (targets.Count == 0)
        {
            return;
        }

        var target = targets[(int)(amend.Pick * targets.Count)];
        var verb = amend.Kind switch { EntryKind.Edit => "edit", EntryKind.Delete => "delete", EntryKind.Reaction => "react", _ => "reply" };
        Ask(amend.Who, new Utterance(WorldPlan.ComputerOf(amend.Who), room!, amend.Kind, amend.Text, target), $"{verb} {room} {target} {amend.Text}");
    }

    private void Ask(string process, string? room, string text, Func<string, string> command)
    {
        if (room is not null)
        {
            Ask(process, new Utterance(WorldPlan.ComputerOf(process), room, EntryKind.Text, text, null), $"{command(room)} {text}");
        }
    }

    private void Ask(string process, Utterance utterance, string command)
    {
        utterance.IsAfterRemoval = cast.Ledger.WithRemoved.Contains(process); // a second process of the profile hears of it a moment later
        cast.Ledger.Say(utterance);
        _pending.Add(AskAsync(process, utterance, command));
    }

    private async Task AskAsync(string process, Utterance utterance, string command) => cast.Ledger.Answered(utterance, await cast.Find(process).AskAsync(command));

    private void Link(Player second, string? death)
    {
        _linking = Joining.LinkAsync(cast.Player(second.Owner), second, death);
        _pending.Add(_linking);
    }

    // Where it came to nothing it is tried once more.
    private async Task AwaitAsync(Player second)
    {
        await UntilLinkedAsync(second);
        if (second.Account is null && !(_linking.IsCompletedSuccessfully && await _linking))
        {
            await second.Actor.KillAsync();
            await _linking; // it comes to an end now
            cast.Player(second.Owner).Actor.Launch();
            second.Actor.Launch();
            Link(second, null);
            await UntilLinkedAsync(second);
        }
    }

    // A computer that died waits for nothing; the other one would go on asking it.
    private async Task UntilLinkedAsync(Player second)
    {
        var first = cast.Player(second.Owner).Actor;
        for (var until = Environment.TickCount64 + (long)LinkingTime.TotalMilliseconds; Environment.TickCount64 < until && !_linking.IsCompleted && first.IsAlive;)
        {
            await Task.Delay(LinkingPause, TimeProvider.System);
        }
    }

    private async Task NameAsync(NameLinked name)
    {
        if ((await cast.Find(name.Who).AskAsync($"name-linked {name.Name}"))?.State == bool.TrueString)
        {
            cast.Ledger.Named(name.Who, name.Name);
        }
    }

    private async Task RemoveAsync(RemoveLinked remove)
    {
        if ((await cast.Find(remove.Who).AskAsync("remove-linked"))?.State == bool.TrueString)
        {
            cast.Ledger.Removed(remove.Who);
        }
    }

    private async Task PublishAsync(Guest guest)
    {
        var door = cast.Ground.Doors[_guests++ % cast.Ground.Doors.Count];
        string[] user = cast.Ground.AsksForUser ? ["-u", "guest", "-P", Introduction.Password] : [];
        using var process = Process.Start(new ProcessStartInfo("mosquitto_pub", [.. user, "-h", $"{door.Address}", "-p", $"{door.Port}", "-q", "1", "-t", $"chat/{guest.Room}", "-m", guest.Text]) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(); // no broker at this moment: the guest was not heard
        await process.WaitForExitAsync();
    }
}
