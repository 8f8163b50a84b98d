namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Reads one uploaded file and drives its messages through embedding into the index. Owns nothing.</summary>
public interface IFileParserGrain
{
    /// <summary>Claims the job's file, reads it to its end and reports to the owner.</summary>
    /// <returns>What became of the job. Faults of the file itself are reported to the owner and count as completed.</returns>
    Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken);

    /// <summary>Tells what a stored file holds, and imports nothing. It ends early where the file is deleted meanwhile.</summary>
    /// <returns>What would be read, with the first messages, long texts cut short; or why the file would be refused.</returns>
    Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken);
}
