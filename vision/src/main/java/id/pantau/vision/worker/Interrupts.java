package id.pantau.vision.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/// Makes blocking calls of libavformat end early. JavaCPP has room for few callbacks in a process,
/// so one serves all jobs and finds its job by the `opaque` pointer, whose address is a number.
final class Interrupts {
    private static final Map<Long, BooleanSupplier> ASKED = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final AVIOInterruptCB.Callback_Pointer CALLBACK =
            new AVIOInterruptCB.Callback_Pointer() {
                @Override
                public int call(Pointer opaque) {
                    BooleanSupplier over = ASKED.get(opaque.address());
                    return over == null || over.getAsBoolean() ? 1 : 0;
                }
            };

    private Interrupts() {}

    /// Asks from now on, on the thread that is inside libavformat, until the result is closed,
    /// which must be after the context is.
    static Watch watch(AVFormatContext context, BooleanSupplier over) {
        long number = NUMBERS.incrementAndGet();
        ASKED.put(number, over);
        context.interrupt_callback().callback(CALLBACK);
        context.interrupt_callback().opaque(new Number(number));
        return () -> ASKED.remove(number);
    }

    /// Closing throws nothing.
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// A pointer that points nowhere and is never followed.
    private static final class Number extends Pointer {
        Number(long number) {
            super((Pointer) null);
            this.address = number;
        }
    }
}
