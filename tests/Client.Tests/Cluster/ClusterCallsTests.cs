using Tempera.Client.Cluster;

using Xunit;

namespace Tempera.Client.Tests.Cluster;

/// <summary>Which failures of a call mean that it is made again.</summary>
public sealed class ClusterCallsTests
{
    private readonly ClusterCalls _calls = new(TimeProvider.System);

    [Fact]
    public async Task A_call_that_a_silo_gave_up_placing_is_made_again()
    {
        var tries = 0;

        var answer = await _calls.Ask(
            () => ++tries == 1 ? Task.FromException<int>(new OperationCanceledException("Message expired before placement could complete")) : Task.FromResult(7),
            ClusterCalls.Usual, CancellationToken.None);

        Assert.Equal((7, 2), (answer, tries));
    }

    [Fact]
    public async Task One_that_the_caller_gives_up_is_not()
    {
        using var source = new CancellationTokenSource();
        var tries = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _calls.Ask(
            async () =>
            {
                tries++;
                await source.CancelAsync();
                return await Task.FromCanceled<int>(source.Token);
            },
            ClusterCalls.Usual, source.Token));

        Assert.Equal(1, tries);
    }
}
