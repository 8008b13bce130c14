// Owns: looking at the remembered broker, at this computer and around on the network at the same time.
// Must never: take what was found before the remembered one and this computer had their chance, or look for longer than its limit.
using Papo.Client.Discovery;
using Papo.Client.Wire;

namespace Papo.Commands;

/// <summary>What a search came to.</summary>
/// <param name="Answered">The remembered broker or this computer's, when it answered; then nothing else counts.</param>
/// <param name="Found">What is nearby, chats before brokers, in an order that is the same every time.</param>
/// <param name="SavedIsSilent">Whether the remembered broker did not answer.</param>
internal sealed record SearchResult(BrokerAddress? Answered, IReadOnlyList<FoundChat> Found, bool SavedIsSilent);

/// <summary>One search for a chat.</summary>
/// <param name="saved">The remembered broker, or null.</param>
/// <param name="local">This computer's.</param>
/// <param name="root">Only chats under this root count.</param>
/// <param name="limit">How long at most.</param>
/// <param name="time">Clock and timers.</param>
internal sealed class ChatSearch(BrokerAddress? saved, BrokerAddress local, string root, TimeSpan limit, TimeProvider time)
{
    // A remembered broker far away may take a moment; a computer that is switched off takes for ever.
    private static readonly TimeSpan SavedPatience = TimeSpan.FromSeconds(1);

    // After the first chat, others may still be on their way: answers are spread over 120 ms (RFC 6762, section 6).
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    private readonly long _start = time.GetTimestamp();
    private IReadOnlyList<FoundChat> _found = [];
    private TimeSpan? _firstAt;

    private TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Looks until there is something to take, or the limit.</summary>
    public async Task<SearchResult> RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var savedAnswers = saved is null ? Task.FromResult(false) : BrokerFinder.ListensAsync(saved, end.Token);
        var localAnswers = BrokerFinder.ListensAsync(local, end.Token);
        try
        {
            await using var browser = Browser.Start(time);
            while (true)
            {
                if (await ResultAsync(savedAnswers, localAnswers) is { } result)
                {
                    return result;
                }

                await WaitAsync(savedAnswers, localAnswers, browser, end.Token);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll((Task)savedAnswers, localAnswers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<SearchResult?> ResultAsync(Task<bool> savedAnswers, Task<bool> localAnswers)
    {
        var savedIsSilent = saved is not null && (savedAnswers.IsCompleted ? !await savedAnswers : Elapsed >= SavedPatience);
        if (saved is not null && !savedIsSilent)
        {
            return savedAnswers.IsCompleted ? new SearchResult(saved, [], false) : null;
        }

        if (localAnswers.IsCompleted && await localAnswers)
        {
            return new SearchResult(local, [], savedIsSilent);
        }

        // A broker that is no chat, as far as anybody knows, is only good enough when the whole search brought no chat.
        var chats = _found.Where(static found => found.Kind == FoundKind.Chat).ToList();
        return localAnswers.IsCompleted && chats.Count > 0 && Elapsed >= _firstAt + Settle ? new SearchResult(null, chats, savedIsSilent)
            : Elapsed >= limit ? new SearchResult(null, chats.Count > 0 ? chats : _found, savedIsSilent)
            : null;
    }

    private async Task WaitAsync(Task<bool> savedAnswers, Task<bool> localAnswers, Browser browser, CancellationToken cancellation)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan?[] deadlines = [limit, saved is null ? null : SavedPatience, _firstAt + Settle];
        var wait = deadlines.Where(at => at > Elapsed).Min() - Elapsed ?? TimeSpan.Zero;
        var found = browser.Found.WaitToReadAsync(round.Token).AsTask();
        var alarm = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, round.Token);
        await Task.WhenAny([found, alarm, .. new[] { savedAnswers, localAnswers }.Where(static probe => !probe.IsCompleted)]);
        await round.CancelAsync();
        await Task.WhenAll(found, alarm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (browser.Found.TryRead(out var latest))
        {
            _found = [.. latest.Where(chat => chat.Kind == FoundKind.Broker || chat.Root == root)];
            _firstAt ??= _found.Any(static chat => chat.Kind == FoundKind.Chat) ? Elapsed : null;
        }
    }
}
