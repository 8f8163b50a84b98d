using ChatAnalysis.Gateway.Uploads;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary>The places for inspections, few enough that uploads go on beside them.</summary>
/// <param name="options">Says how many.</param>
internal sealed class InspectionPlaces(UploadOptions options)
{
    private int _taken;

    /// <summary>Takes a place until it is disposed of; null where there is none.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= options.MaxInspections)
            return new Place(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Place(InspectionPlaces places) : IDisposable
    {
        private InspectionPlaces? _places = places;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _places, null) is { } places)
                Interlocked.Decrement(ref places._taken);
        }
    }
}
