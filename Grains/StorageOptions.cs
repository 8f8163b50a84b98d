namespace ChatAnalysis.Grains;

/// <summary>Where things are kept. Both folders are absolute and exist once the program has started.</summary>
/// <param name="DataDirectory">DATA_DIR: the database, the index and its lock. On a local disk.</param>
/// <param name="UploadDirectory">UPLOAD_DIR: uploaded files until their upload has ended. Shared by gateways and parsers.</param>
public sealed record StorageOptions(string DataDirectory, string UploadDirectory);
