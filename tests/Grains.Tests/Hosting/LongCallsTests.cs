using Tempera.Grains.Hosting;
using Tempera.Grains.Tests.Fixtures;

using Xunit;

namespace Tempera.Grains.Tests.Hosting;

/// <summary>Work that takes longer than a call.</summary>
public sealed class LongCallsTests
{
    private readonly ManualTime _time = new();
    private readonly List<TaskCompletionSource<string>> _begun = [];
    private readonly LongCalls<int, string> _calls;

    public LongCallsTests() => _calls = new LongCalls<int, string>(_time);

    [Fact]
    public async Task WorkThatIsDoneIsAnsweredAtOnceAndNotRemembered()
    {
        Assert.Equal("a", await _calls.Ask(1, static () => Task.FromResult("a")));
        Assert.Equal("b", await _calls.Ask(1, static () => Task.FromResult("b")));
    }

    [Fact]
    public async Task WorkThatGoesOnIsJoinedByWhoeverAsksAgain()
    {
        Assert.Null(await AskInVain(1));
        Assert.Null(await AskInVain(1));
        var (first, second) = (_calls.Ask(1, Begin), _calls.Ask(1, Begin));
        Assert.Single(_begun).SetResult("a");

        Assert.Equal("a", await first);
        Assert.Equal("a", await second);
    }

    [Fact]
    public async Task AResultThatCameBetweenTwoQuestionsIsKeptForTheNextOneButNotForEver()
    {
        await AskInVain(1);
        await AskInVain(2);
        _begun[0].SetResult("a");
        _begun[1].SetResult("b");
        Assert.Equal("a", await _calls.Ask(1, Begin));
        _time.Advance(TimeSpan.FromHours(1));

        await AskInVain(2);

        Assert.Equal(3, _begun.Count);
    }

    [Fact]
    public async Task AnErrorIsForThoseWhoAskAndTheNextBeginAnew()
    {
        await AskInVain(1);
        _begun[0].SetException(new TimeoutException("of the work itself"));
        Assert.Equal("of the work itself", (await Assert.ThrowsAsync<TimeoutException>(() => _calls.Ask(1, Begin))).Message);

        await AskInVain(1);
        Assert.Equal(2, _begun.Count);
    }

    private Task<string> Begin()
    {
        _begun.Add(new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _begun[^1].Task;
    }

    private async Task<string?> AskInVain(int key)
    {
        var asked = _calls.Ask(key, Begin);
        _time.Advance(LongCalls<int, string>.Patience);
        return await asked;
    }
}
