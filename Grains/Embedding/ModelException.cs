namespace ChatAnalysis.Grains.Embedding;

/// <summary>The model that was asked for cannot be used. The message is for the person who starts the program.</summary>
/// <param name="message">What is missing or otherwise than expected, where, and what would be right.</param>
/// <param name="inner">What stood in the way, if it was an exception.</param>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
