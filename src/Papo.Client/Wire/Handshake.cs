// Owns the steps from an address to an accepted MQTT 5 connection, under one time limit.
// Must never retry; every way to fail leaves as a ConnectFailure.
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Papo.Client.Wire;

/// <summary>A line whose CONNACK has been read, with the reader that may hold the bytes behind it.</summary>
internal sealed record Handshake(Line Line, PacketReader Reader)
{
    /// <summary>Dials, sends CONNECT, reads CONNACK.</summary>
    /// <exception cref="ConnectFailedException">It did not work.</exception>
    /// <exception cref="OperationCanceledException">The session ends.</exception>
    public static async Task<Connection> ConnectAsync(SessionOptions options, bool publisher, long generation, CancellationToken cancellationToken)
    {
        var dialer = new Dialer(options);
        using var limit = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var line = await dialer.OpenAsync(either.Token).ConfigureAwait(false);
            try
            {
                dialer.Waiting = "accepted the connection but did not answer";
                return await GreetAsync(line, options, publisher, generation, either.Token).ConfigureAwait(false);
            }
            catch (Exception)
            {
                line.Cut();
                await line.CloseAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectFailedException(ConnectFailureKind.TimedOut, dialer.Waiting);
        }
    }

    private static async Task<Connection> GreetAsync(Line line, SessionOptions options, bool publisher, long generation, CancellationToken cancellationToken)
    {
        Exception? broken = null;
        var writer = new PacketWriter(line.Stream, options.Time, failure => broken = failure);
        writer.Append(Packets.Connect(options, publisher));
        var reader = new PacketReader(line.Stream, options.MaximumPacketSize);
        if (!await writer.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            throw HungUp(options, broken);
        }

        if (await ReadFirstAsync(reader, options, cancellationToken).ConfigureAwait(false) is not MqttConnAckPacket answer)
        {
            throw new ConnectFailedException(new ConnectFailure(ConnectFailureKind.ProtocolError, "the first packet is no CONNACK", false, 0x82));
        }

        if (answer.ReasonCode != MqttConnectReasonCode.Success)
        {
            throw new ConnectFailedException(FailureReading.OfConnAck(answer));
        }

        return new Connection(new Handshake(line, reader), Packets.Facts(answer, options, generation), options);
    }

    private static async Task<MqttPacket> ReadFirstAsync(PacketReader reader, SessionOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (!await reader.FillAsync(cancellationToken).ConfigureAwait(false))
                {
                    throw HungUp(options, null);
                }
            }
            catch (Exception failure) when (PacketWriter.IsLineFailure(failure) && failure is not OperationCanceledException)
            {
                throw HungUp(options, failure);
            }

            if (FailureReading.OfFirstBytes(reader.Unread) is { } stranger)
            {
                throw new ConnectFailedException(stranger);
            }

            if (reader.Next() is { } packet)
            {
                return packet.Other ?? throw new ConnectFailedException(new ConnectFailure(ConnectFailureKind.ProtocolError, "a PUBLISH before the CONNACK", false, 0x82));
            }
        }
    }

    // A server that takes our CONNECT and hangs up is most likely no MQTT broker. A proxy whose broker is down does the same, so it is
    // not called permanent. In TLS 1.3 a refused client certificate shows only now, as an alert in place of the first byte.
    private static ConnectFailedException HungUp(SessionOptions options, Exception? failure) => options.Address.IsSecure && failure is not null
        ? new ConnectFailedException(ConnectFailureKind.TlsFailed, $"closed after the TLS handshake: {failure.GetBaseException().Message}", permanent: false, failure)
        : new ConnectFailedException(ConnectFailureKind.NotMqtt, "closed the connection without answering CONNECT", permanent: false, failure);
}
