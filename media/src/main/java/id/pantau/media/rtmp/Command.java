package id.pantau.media.rtmp;

import id.pantau.media.flv.Amf0;
import id.pantau.media.flv.AmfValue;
import id.pantau.media.flv.MalformedFlvException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command message (RTMP §7.2).
///
/// @param transaction 0 when no answer is wanted
/// @param object the command object, `null` mostly
/// @param arguments what stands behind it
record Command(String name, double transaction, AmfValue object, List<AmfValue> arguments) {
    /// Longer than any that was ever seen.
    private static final int MAX_BYTES = 64 << 10;

    Command {
        arguments = List.copyOf(arguments);
    }

    static Command of(String name, double transaction, AmfValue object, AmfValue... arguments) {
        return new Command(name, transaction, object, List.of(arguments));
    }

    /// `onStatus` for a message stream.
    static Command status(String level, String code, String description) {
        return of(
                "onStatus",
                0,
                AmfValue.NULL,
                AmfValue.object("level", level, "code", code, "description", description));
    }

    /// @param message of either command type
    static Command read(RtmpMessage message) throws MalformedRtmpException {
        try {
            List<AmfValue> values = Amf0.read(amf0(message));
            String name = values.isEmpty() ? null : values.getFirst().text().orElse(null);
            if (name == null) {
                throw new MalformedRtmpException("a command without a name");
            }
            double transaction = values.size() > 1 ? values.get(1).number().orElse(0.0) : 0;
            AmfValue object = values.size() > 2 ? values.get(2) : AmfValue.NULL;
            List<AmfValue> rest = values.size() > 3 ? values.subList(3, values.size()) : List.of();
            return new Command(name, transaction, object, rest);
        } catch (MalformedFlvException e) {
            throw new MalformedRtmpException("a command in " + e.getMessage());
        }
    }

    /// Where the AMF0 of a command or data message begins: those of the AMF3 types have a byte
    /// before it that nobody uses, and are AMF0 behind it.
    static ByteBuffer amf0(RtmpMessage message) throws MalformedRtmpException {
        ByteBuffer body = message.body().duplicate();
        if (body.remaining() > MAX_BYTES) {
            throw new MalformedRtmpException("a command of %d bytes".formatted(body.remaining()));
        }
        boolean wrapped =
                message.type() == MessageType.COMMAND_AMF3
                        || message.type() == MessageType.DATA_AMF3;
        if (wrapped && body.hasRemaining() && body.get(body.position()) == 0) {
            body.position(body.position() + 1);
        }
        return body;
    }

    RtmpMessage message(int stream) {
        var values = new ArrayList<AmfValue>();
        values.add(new AmfValue.Text(name));
        values.add(new AmfValue.Number(transaction));
        values.add(object);
        values.addAll(arguments);
        return new RtmpMessage(
                RtmpMessage.COMMANDS, MessageType.COMMAND_AMF0, 0, stream, Amf0.write(values));
    }

    Optional<String> text(int argument) {
        return argument < arguments.size() ? arguments.get(argument).text() : Optional.empty();
    }
}
