namespace ChatAnalysis.Grains.Interfaces;

/// <summary>An upload in the list of all.</summary>
/// <param name="UploadId">Its id.</param>
/// <param name="State">Where it is.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Messages">How many messages it holds so far.</param>
public sealed record UploadSummary(string UploadId, UploadState State, DateTimeOffset CreatedAt, int Files, long Messages);
