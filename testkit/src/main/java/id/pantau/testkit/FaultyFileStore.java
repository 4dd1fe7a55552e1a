package id.pantau.testkit;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.jspecify.annotations.Nullable;

/// The real file store with the sizes that a test has set.
final class FaultyFileStore extends FileStore {
    private final FileStore real;
    private final DiskFaults faults;

    FaultyFileStore(FileStore real, DiskFaults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public String type() {
        return real.type();
    }

    @Override
    public boolean isReadOnly() {
        return faults.isReadOnly() || real.isReadOnly();
    }

    @Override
    public long getTotalSpace() throws IOException {
        faults.checkLook(name());
        long capacity = faults.capacityBytes();
        return capacity >= 0 ? capacity : real.getTotalSpace();
    }

    @Override
    public long getUsableSpace() throws IOException {
        faults.checkLook(name());
        return faults.hasLimitedRoom() ? faults.roomBytes() : real.getUsableSpace();
    }

    @Override
    public long getUnallocatedSpace() throws IOException {
        return getUsableSpace();
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return real.supportsFileAttributeView(type);
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
        return real.supportsFileAttributeView(name);
    }

    @Override
    public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return real.getFileStoreAttributeView(type);
    }

    @Override
    public Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default -> real.getAttribute(attribute);
        };
    }
}
