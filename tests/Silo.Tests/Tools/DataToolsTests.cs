using System.Net;

using Tempera.Contracts.Errors;
using Tempera.Silo.Data;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class DataToolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new OtherContent());

    private DataTools Tools => new(new TaskDataFolder(_folder.Path, allowsAnyPath: true), _client);

    [Fact]
    public void Files_are_missing_changed_or_good()
    {
        Assert.Equal((DataFileState.Missing, true), (Tools.Check("tfbind8")[0].State, Tools.Check("tfbind8")[0].Message!.Contains("tempera data fetch tfbind8", StringComparison.Ordinal)));
        Assert.All(Tools.Check("qm9str"), static file => Assert.Contains("no public file", file.Message, StringComparison.Ordinal));

        Directory.CreateDirectory(Path.Combine(_folder.Path, "tfbind8"));
        File.WriteAllText(Path.Combine(_folder.Path, "tfbind8", "SIX6_REF_R1.tsv.gz"), "other");
        var changed = Tools.Check("tfbind8")[0];
        Assert.Equal(DataFileState.Changed, changed.State);
        Assert.Contains(changed.Sha256, changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_shipped_files_are_good()
    {
        var data = Environment.GetEnvironmentVariable("TEMPERA_DATA");
        Assert.SkipUnless(Directory.Exists(data), "TEMPERA_DATA does not name a data directory.");
        var tools = new DataTools(TaskDataFolder.OfProcess(), _client);

        Assert.All(tools.Check("tfbind8").Concat(tools.Check("qm9str")).Concat(tools.Check("sehstr")), static file => Assert.Equal(DataFileState.Good, file.State));
    }

    [Fact]
    public void Tasks_that_compute_need_none_and_unknown_ones_are_refused()
    {
        Assert.Empty(Tools.Check("rna1"));
        Assert.Equal(TemperaError.UnknownTask, Assert.Throws<TemperaException>(() => Tools.Check("nothing")).Code);
    }

    [Fact]
    public void Without_a_directory_it_says_how_to_name_one()
    {
        var error = Assert.Throws<TemperaException>(() => new DataTools(new TaskDataFolder(null, allowsAnyPath: true), _client).Check("tfbind8"));
        Assert.Equal(TemperaError.TaskData, error.Code);
        Assert.Contains("--data DIR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_with_another_content_leaves_nothing_behind()
    {
        var error = await Assert.ThrowsAsync<TemperaException>(() => Tools.Fetch("tfbind8", null, CancellationToken.None));

        Assert.Equal(TemperaError.TaskData, error.Code);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_has_no_public_original_is_not_fetched() =>
        Assert.All(await Tools.Fetch("sehstr", null, CancellationToken.None), static file => Assert.Equal(DataFileState.Missing, file.State));

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private sealed class OtherContent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("not the file") });
    }
}
