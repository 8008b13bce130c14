// Owns: `papo history` and `papo search`: what was said.
// Must never: hide that the past may be incomplete.
using Papo.Client;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Prints past messages.</summary>
internal sealed class PastCommands(Surroundings around, Entrance entrance)
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(5);

    /// <summary><c>papo history</c>.</summary>
    public async Task<int> HistoryAsync(HistoryRequest request, CancellationToken cancellation)
    {
        var words = around.Words;
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var (room, isNew) = await chat.EnterAsync(request.Target, CatchUp, cancellation);
        var up = await chat.Client.WaitConnectedAsync(CatchUp, cancellation);
        if (up)
        {
            await chat.Client.CatchUpAsync(room, CatchUp, cancellation);
        }

        var page = await chat.Client.HistoryAsync(room, Query(request), up ? CatchUp : TimeSpan.Zero, cancellation);
        if (page.UnknownAnchor)
        {
            around.Say(words.UnknownId((request.Before?.Id ?? request.After?.Id)?.ToString() ?? ""));
            return ExitCode.Failed;
        }

        var printer = new MessagePrinter(around.Out, request.Json, words, around.Time.LocalTimeZone, showRoom: false);
        foreach (var message in page.Messages)
        {
            printer.Print(message);
        }

        if (!up)
        {
            around.Say(words.Unreachable(chat.Broker.ToString(), chat.WhyNot(words)));
            around.Say(words.OnlyLocal);
        }
        else if (!page.Complete)
        {
            around.Say(words.PastIncompleteNote);
        }
        else if (words.PastFrom(page.Source) is { } from)
        {
            around.Say(from);
        }

        if (isNew)
        {
            await chat.Client.LeaveAsync(room, cancellation); // a look into a room is no membership
        }

        await chat.Client.EndAsync(cancellation);
        return up ? ExitCode.Done : chat.IsRefused ? ExitCode.Refused : ExitCode.Unreachable;
    }

    /// <summary><c>papo search</c>: this computer, and the hub where there is one.</summary>
    public async Task<int> SearchAsync(SearchRequest request, CancellationToken cancellation)
    {
        await using var chat = await entrance.OpenAsync(oneShot: true, keepMessages: false, cancellation);
        var up = await chat.Client.WaitConnectedAsync(CatchUp, cancellation);
        var room = request.Target is { } target ? target.Room ?? (await chat.EnterAsync(target, CatchUp, cancellation)).Room : null;
        var (found, source) = await chat.Client.SearchAsync(request.Words, room, request.From, request.Count, up ? CatchUp : TimeSpan.Zero, cancellation);
        var printer = new MessagePrinter(around.Out, request.Json, around.Words, around.Time.LocalTimeZone, showRoom: true);
        foreach (var message in found.Reverse()) // oldest first, as everywhere
        {
            printer.Print(message);
        }

        if (found.Count == 0)
        {
            around.Say(around.Words.SearchNothing);
        }

        around.Say(around.Words.Searched(source));

        return ExitCode.Done;
    }

    private static HistoryQuery Query(HistoryRequest request) => new(request.Count)
    {
        BeforeId = request.Before?.Id,
        AfterId = request.After?.Id,
        BeforeTime = request.Before is { Id: null } before ? before.Time : null,
        AfterTime = request.After is { Id: null } after ? after.Time : null,
    };
}
