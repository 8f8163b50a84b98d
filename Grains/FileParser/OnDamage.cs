namespace ChatAnalysis.Grains.FileParser;

/// <summary>What becomes of a file that is damaged.</summary>
public enum OnDamage
{
    /// <summary>Nothing of it is read.</summary>
    Refuse,

    /// <summary>What is not damaged is read, and the report says what is missing.</summary>
    Keep,
}
