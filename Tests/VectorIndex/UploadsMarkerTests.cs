using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public sealed class UploadsMarkerTests
{
    [Fact]
    public async Task The_owner_marks_the_upload_folder_once_and_says_how()
    {
        await using var owner = await TestOwner.StartAsync();
        var marker = (await owner.Grain.GetStatusAsync(default)).UploadsMarker;

        Assert.Equal(marker, UploadsMarker.Read(owner.Storage.UploadDirectory));
        await owner.RestartAsync();
        Assert.Equal(marker, (await owner.Grain.GetStatusAsync(default)).UploadsMarker);

        await using var other = await TestOwner.StartAsync();
        Assert.NotEqual(marker, (await other.Grain.GetStatusAsync(default)).UploadsMarker);
    }

    [Fact]
    public void A_folder_that_no_owner_has_marked_has_no_marker()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(UploadsMarker.Read(folder.Path));
        Assert.Null(UploadsMarker.Read(folder.PathOf("absent")));
    }
}
