// Owns: the English of the start and of everything that can go wrong.
// Must never: decide when something is said.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string WhatOthersSee => "Others see this name, whether you are here, and everything written in open rooms.";

    public override string Looking => "Looking for a chat on this network…";

    public override string HostPrompt => "Nobody is hosting. Host it here? [Y/n] ";

    public override string Hosting => "Hosting. Others on this network type:";

    public override string HostingOpen => "The chat is open to everyone on this network.";

    public override string HostingNoNetwork => "Hosting, but this computer is on no network right now: only programs on it can join.";

    public override string HostingLoopback => "Nobody is hosting: this process hosts the chat, for this computer only.";

    public override string HostingDeclined => "Nothing to join then. With a broker somewhere: papo --broker mqtt://ADDRESS";

    public override string NobodyHosts => "No chat found: nobody hosts on this computer or on this network. Start papo in a terminal to host one, or name a broker: --broker mqtt://ADDRESS";

    public override string NamePrompt(string suggestion) => $"Your name [{suggestion}]: ";

    public override string ProfileInUse(string name) => $"{name} is already open in another window.";

    public override string WhoIsThisPrompt(string name) => $"Who is this? [{name}, on one more device]: ";

    public override string SavedSilent(string broker) => $"{broker}, used last time, does not answer.";

    public override string Found(string broker) => $"Found a broker at {broker}.";

    public override string Connecting(string broker) => $"Connecting to {broker}…";

    public override string NotYetThere(string broker, string why) =>
        $"Not connected to {broker}: {why} Trying again by itself; what you write meanwhile is kept and sent then.";

    public override bool IsYes(string answer) => answer.Trim().ToLowerInvariant() is "" or "y" or "yes" or "s" or "sim";

    public override string HostingPortTaken(int port) =>
        $"Cannot host: port {Number(port)} is taken by another program. If that is a broker, join it: papo --broker mqtt://localhost:{Number(port)}";

    public override string HostingFailed(string detail) => $"Cannot host: {detail}";

    public override string PasswordPrompt(string user) => $"Password of {user} for the broker: ";

    public override string Crashed(string logFile) =>
        $"Papo hit a fault of its own and has to stop. Every message shown as yours is saved. Details for a bug report: {logFile}";

    public override string Connect(ConnectFailureKind kind, string detail) => kind switch
    {
        ConnectFailureKind.UnknownHost => "no computer of that name was found. Check the spelling, or use its IP address.",
        ConnectFailureKind.Refused => "the computer is there, but no broker listens on that port.",
        ConnectFailureKind.Unreachable => "there is no way to that computer. Is this one on the network?",
        ConnectFailureKind.TimedOut => "nothing answers there. The computer may be off, or a firewall is in between.",
        ConnectFailureKind.NotMqtt => "something else than an MQTT broker listens there. Check the port.",
        ConnectFailureKind.Mqtt311Only => "that broker only speaks old MQTT; Papo needs MQTT 5 (Mosquitto 1.6 or newer).",
        ConnectFailureKind.BadCredentials => "the broker does not accept this user name and password. Give --user, and PAPO_PASSWORD or type it when asked.",
        ConnectFailureKind.NotAuthorized => "the broker does not let this user in. Ask whoever runs it, or give --user.",
        ConnectFailureKind.CertificateUnknown => "the broker's certificate is signed by nobody this computer trusts. Give its authority with --ca FILE, or its key with --trust KEY.",
        ConnectFailureKind.CertificateChanged => $"the broker has another key than before ({detail}). It was set up anew, or somebody is in between; nothing was sent. Ask whoever runs it; if the new key is right: --trust and that key.",
        ConnectFailureKind.CertificateExpired => "the broker's certificate is not valid today. Check this computer's date, or ask whoever runs it.",
        ConnectFailureKind.CertificateNameMismatch => "the broker's certificate is for another name. Use the name it was made for.",
        ConnectFailureKind.CertificateFile => $"a certificate or key file cannot be read ({detail.TrimEnd('.')}).",
        ConnectFailureKind.ServerBusy => "the broker is too busy just now.",
        ConnectFailureKind.Quota => "the broker's quota for you is used up.",
        ConnectFailureKind.Banned => "the broker has banned this computer. Ask whoever runs it.",
        ConnectFailureKind.ClientIdRefused => "the broker does not accept this program's client id. Ask whoever runs it.",
        ConnectFailureKind.TlsFailed => "no secure connection came about. Does this port speak TLS, or does the broker want --cert and --key?",
        ConnectFailureKind.TakenOver => "another connection took this one's place.",
        ConnectFailureKind.ServerShuttingDown => "the broker is shutting down.",
        ConnectFailureKind.Lost => "the broker stopped answering.",
        ConnectFailureKind.ProtocolError => $"the broker and Papo misunderstood each other ({detail}).",
        ConnectFailureKind.PacketTooLarge => "a message was larger than the broker allows.",
        _ => detail.Length == 0 ? "for a reason the broker did not give." : $"{detail.TrimEnd('.')}.",
    };

    public override string Profile(ProfileProblem problem, string path, string detail) => problem switch
    {
        ProfileProblem.Damaged => $"Your profile cannot be read: {path} is damaged. Nothing was changed. Put a backup in its place, or start another profile with --name.",
        ProfileProblem.Newer => $"Your profile was made by a newer Papo ({path}). Nothing was changed. Update this program, or use another folder with --home.",
        ProfileProblem.ReadOnly => $"Cannot write to {path}. Nothing was changed. Make the folder yours and writable, or choose another with --home.",
        ProfileProblem.DiskFull => $"The disk is full ({path}). Nothing was lost. Free some space and start again.",
        ProfileProblem.ArchiveAway => $"The archive at {path} cannot be reached: {detail}. Nothing was lost: what people say stays with them until the hub can store it. Start the server, or name another archive with --archive.",
        ProfileProblem.ArchiveRefused => $"The archive at {path} does not let this hub in: {detail}. Check user and password, and that the database exists.",
        ProfileProblem.ArchiveInUse => $"Another hub uses the archive at {path}. Stop it, or give this hub a database of its own: hubs keep their archives equal by themselves.",
        ProfileProblem.LinkedCopy => "This computer is linked: it does not hold your account's key, so a backup of it would be nobody elsewhere. Make the backup on the first one; to have your account on one more, link it.",
        ProfileProblem.NotLinkedHere => $"This computer is linked to your account in another chat, and has no certificate for this one ({path}). Nothing was changed. Link it here too, under another --name.",
        ProfileProblem.NoProfile => "There is no profile of this name here; nothing was written. Name one with --name.",
        ProfileProblem.InTheWay => $"{path} is there already and was left as it is. Name another file, or another profile with --name.",
        ProfileProblem.BadBackup => $"{path} is not a whole backup of a profile: {detail}. Nothing was restored. Use another backup.",
        ProfileProblem.SealedElsewhere => $"The keys of this profile are sealed by the system for another user or computer, and this one does not open them ({path}). A backup made there with “papo backup” brings the profile here.",
        ProfileProblem.PassphraseNeeded => "This profile has a passphrase. Put it into the environment as PAPO_PASSPHRASE.",
        ProfileProblem.InUse => "This profile is open in another window. Nothing was changed; close it there and try again.",
        ProfileProblem.PassphraseWrong => $"The passphrase is wrong: it does not open {path}. Nothing was changed; try again.",
        ProfileProblem.NoSlot => $"This profile is open too many times ({path}). Close some of its programs and try again.",
        _ => $"Your profile cannot be used: {detail} ({path})",
    };

    public override string Send(SendProblem problem) => problem switch
    {
        SendProblem.TooLong => "The text is too long: 16 KiB at most (about 16,000 letters), or less if the broker says so. Shorten it or send it in parts.",
        SendProblem.Empty => "There is nothing to send.",
        SendProblem.NotAllowed => "The broker does not allow you to write there. Ask whoever runs it.",
        SendProblem.Quota => "Your quota on the broker is used up. Wait a little, or ask whoever runs it.",
        SendProblem.NotYours => "Only the author can change or delete a message.",
        SendProblem.UnknownTarget => "That message is not known on this computer.",
        SendProblem.NotMember => "You are no longer in that private room; nothing was sent.",
        SendProblem.DeviceRemoved => "This computer was removed from your account; nothing was sent.",
        SendProblem.NameContested => "Not sent: you verified a person of this name, and somebody else uses the name now, with another key. Look at it in the chat with /verify and the name; then send again.",
        SendProblem.NotJoined => "You are not in that room. /join it first.",
        SendProblem.StoreFailed => "It could not be written to the disk. Free some space and try again; the text is still yours.",
        SendProblem.Ending => "Papo is just ending.",
        SendProblem.Refused => "The broker refused it without saying why.",
        _ => "It was refused.",
    };

    public override string Name(NameProblem problem) => problem switch
    {
        NameProblem.Empty => "A name needs at least one letter.",
        NameProblem.TooLong => $"A name has at most {Number(Limits.NameCodePoints)} characters.",
        NameProblem.BadCharacter => "A name cannot hold control or invisible characters, line breaks or “·”.",
        NameProblem.BadStart => "A name cannot begin with @ # / ~ or <.",
        _ => "This name cannot be used.",
    };

    public override string RoomName(string given) =>
        $"“{given}” is not a room: a room's name has 1 to {Number(Room.MaxLength)} of the characters a–z, 0–9 and -.";

    public override string Address(string given, string code) => code switch
    {
        "address-empty" => "A broker's address is missing; it looks like mqtt://192.168.1.42",
        "address-scheme" => $"“{given}” begins with something else than mqtt://, mqtts://, ws:// or wss://",
        "address-port" => $"“{given}” has no valid port; a port is a number from 1 to 65535.",
        "address-password" => "A password does not belong into an address, where others can see it. Use --user, and PAPO_PASSWORD or type it when asked.",
        "address-path" => $"“{given}” has a path; only ws:// and wss:// addresses have one.",
        _ => $"“{given}” is no broker address; one looks like mqtt://192.168.1.42 or mqtts://chat.example.org",
    };

    public override string NobodyCalled(string given) =>
        $"Nobody called {given} is known here, and no private room. Nothing was sent. People are known once they have been here at the same time as you; see who is with: papo who";

    public override string Member(MemberResult result, string name, string room, bool isIn) => result switch
    {
        MemberResult.Done => isIn ? $"{name} is in {room} now." : $"{name} is no longer in {room} and reads nothing that is said from now on.",
        MemberResult.NoChange => isIn ? $"{name} is in {room} already." : $"{name} is not in {room}.",
        MemberResult.UnknownPerson => $"Nobody called {name} is known here; nothing was changed.",
        MemberResult.NotPrivate => $"{room} is not a private room: everybody may come and go. Make one with /create --private NAME",
        MemberResult.NameContested => $"Nothing was changed: two keys use the name {name}, and you verified one of them. Look at it with /verify {name}, then invite again.",
        MemberResult.NotConnected => $"Not connected: who is in {room} can be changed only then. Nothing was changed.",
        MemberResult.RoomFull => $"{room} is full: a private room holds {Limits.PrivateMembers} people. Nothing was changed; remove somebody first, or make a second room.",
        MemberResult.BrokerTakesLess => $"So many people in {room} are more than this broker passes on at once (its maximum packet size). Nothing was changed; ask who runs it to allow 64 KiB, or make a smaller room.",
        _ => $"Only who made {room} can change who is in it. Nothing was changed.",
    };

    public override string Credentials(string path) => $"Cannot read {path}.";
}
