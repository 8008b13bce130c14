// Owns: `papo`: from the first question to the last word of a chat.
// Must never: host where a broker was named, or on the network without consent.
using System.Threading.Channels;
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.FullScreen;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Opens the chat.</summary>
internal sealed class ChatCommand(Surroundings around, GlobalOptions options, Entrance entrance, Questions questions, Descriptor output)
{
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(3);

    /// <summary>Where to begin; null where the chat was left the last time.</summary>
    public Room? Start { get; init; }

    /// <summary>Runs until the chat is left.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var name = await new NameChoice(around, options, entrance, questions).ChooseAsync(cancellation);
        if (name is null)
        {
            return ExitCode.Done; // the terminal was closed at the question
        }

        using var profile = await entrance.OpenProfileAsync(name, cancellation);
        if (profile.IsNew && around.MayAsk)
        {
            around.Say(around.Words.WhatOthersSee);
        }

        var place = await new BrokerChoice(around, entrance, questions).ChooseAsync(cancellation);
        if (place is null)
        {
            return ExitCode.Done;
        }

        await using var hosted = place.Hosted;
        var credentials = await entrance.CredentialsAsync(place.Broker, cancellation);
        await using var client = await ChatClient.OpenAsync(entrance.Options(profile, place.Broker, credentials, oneShot: false), cancellation);
        return await TalkAsync(client, profile, place, credentials, cancellation);
    }

    private async Task<int> TalkAsync(ChatClient client, Profile profile, BrokerPlace place, Credentials credentials, CancellationToken cancellation)
    {
        if (around.MayEdit && !options.Plain)
        {
            return await ShowAsync(client, profile, place, credentials, cancellation);
        }

        var live = around.MayEdit; // --plain keeps the line editor: it is about lines instead of a screen
        var model = new ChatModel(around.Words, around.Time.LocalTimeZone, place.Broker.ToString(), live) { Hidden = profile.Hidden };
        model.Joined.AddRange(client.Joined.Except(model.Joined));
        model.Current = Start ?? model.Current;
        var editor = new LineEditor((text, cursor) => Completion.For(model, text, cursor), static (text, cursor) => ShortCode.Before(text, cursor));
        IChatSurface surface = live ? new TerminalSurface(around.Out, editor, new Keyboard(KeyMap.Emacs)) : new StreamSurface(around.Out, around.Error);
        var loop = new ChatLoop(model, client, profile, surface, around.Log, around.Time, () => Remember(place, credentials));
        int code;
        var echo = around.Log.Echo;
        around.Log.Echo = live ? null : echo; // a terminal in raw mode belongs to the screen alone
        using (live ? StartKeys(loop.Events, [TerminalMode.BracketedPaste]) : null)
        {
            (surface as TerminalSurface)?.Resize(afterStop: true);
            code = await loop.RunAsync(live ? null : new LinePump(around.Input).Lines, cancellation);
        }

        around.Log.Echo = echo;
        await PartAsync(client, model, place);
        return code;
    }

    // The full screen.
    private async Task<int> ShowAsync(ChatClient client, Profile profile, BrokerPlace place, Credentials credentials, CancellationToken cancellation)
    {
        var chat = new ChatModel(around.Words, around.Time.LocalTimeZone, place.Broker.ToString(), live: true) { Hidden = profile.Hidden };
        chat.Joined.AddRange(client.Joined.Except(chat.Joined));
        var kind = TerminalKind.Of(around.Variable, around.Out.Palette.Colour);
        var model = new ScreenModel(chat, Preferences.Read(profile.Preferences), profile.Name.Text) { Greeting = profile.IsNew, Terminal = kind };
        var loop = new ScreenLoop(model, client, profile, around.Out, kind, around.Log, around.Time, () => Remember(place, credentials));
        if (Start is not null)
        {
            loop.Events.TryWrite(new RoomJoined(Start));
        }

        int code;
        var echo = around.Log.Echo;
        around.Log.Echo = null; // a terminal in raw mode belongs to the screen alone
        using (StartKeys(loop.Events, ScreenModes.Of(kind)))
        {
            code = await loop.RunAsync(cancellation);
        }

        around.Log.Echo = echo;
        await PartAsync(client, chat, place);
        return code;
    }

    private RawTerminal StartKeys(ChannelWriter<ChatEvent> events, IReadOnlyList<TerminalMode> modes)
    {
        var terminal = new RawTerminal(output, modes, afterStop => events.TryWrite(new RepaintEvent(afterStop)));
        _ = new KeyPump(around.Input, events);
        return terminal;
    }

    private void Remember(BrokerPlace place, Credentials credentials)
    {
        if (place.Hosted is not null)
        {
            return; // this computer is looked at anyway
        }

        entrance.Home.SavedBroker = place.Broker.ToString();
        if (credentials.User is not null || credentials.CaFile is not null || credentials.CertFile is not null)
        {
            entrance.Home.SaveCredentials(place.Broker.ToString(), credentials);
        }
    }

    private async Task PartAsync(ChatClient client, ChatModel model, BrokerPlace place)
    {
        using var patience = new CancellationTokenSource(Parting, around.Time);
        var others = model.People.Values.Count(static person => !person.IsMe && person.Online);
        if (place.Hosted is not null && others > 0)
        {
            around.Say(model.Words.HostLeaves(others));
        }

        if (around.MayEdit && model.Sent.Count > 0 && (await client.UnsafeAsync(patience.Token)).Count is > 0 and var waiting)
        {
            around.Say(model.Words.StillUnsafe(waiting));
        }

        await client.EndAsync(patience.Token);
    }
}
