package id.pantau.server.recording;

import java.util.List;

/// @param findings by volume and place
/// @param repaired what a rebuild did, one English sentence each
public record FsckReport(
        int volumes, long files, long rows, List<FsckFinding> findings, List<String> repaired) {
    public FsckReport {
        findings = List.copyOf(findings);
        repaired = List.copyOf(repaired);
    }

    public boolean clean() {
        return findings.isEmpty();
    }
}
