using System.Diagnostics;

using Tempera.Client.CommandLine;

namespace Tempera.Client.Chaos.Processes;

/// <summary>A real process that is started, frozen and ended at will. What it prints goes to a file.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int KeptLines = 3, KeptCharacters = 300;

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Queue<string> _last = new();
    private readonly Action<string>? _onLine;
    private readonly Task<int> _end;
    private int _disposed;

    private Child(Process process, string log, Action<string>? onLine)
    {
        _process = process;
        _log = new StreamWriter(log, append: true) { AutoFlush = true };
        _onLine = onLine;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Id = process.Id;
        _end = End();
    }

    /// <summary>Process id.</summary>
    public int Id { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _end.IsCompleted;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _end.IsCompletedSuccessfully ? _end.Result : throw new InvalidOperationException("The process has not ended.");

    /// <summary>The last lines it printed.</summary>
    public string Tail
    {
        get
        {
            lock (_last)
            {
                return string.Join('\n', _last);
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">File that takes what it prints.</param>
    /// <param name="environment">Variables that it gets on top of this process's.</param>
    /// <param name="onLine">Told each line, on any thread.</param>
    /// <exception cref="CommandException">It cannot be started.</exception>
    public static Child Start(
        string program, IEnumerable<string> arguments, string log, IReadOnlyDictionary<string, string>? environment = null, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return new Child(Process.Start(start)!, log, onLine);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw CommandException.Failed($"A rehearsal starts '{program}'; it could not ({error.Message}). Install it, or name another with the option.");
        }
    }

    /// <summary>Sends a signal, if it has not ended.</summary>
    public void Send(int signal)
    {
        if (!HasExited)
        {
            Signal.Send(Id, signal);
        }
    }

    /// <summary>Waits for its end; false when it has not ended in time.</summary>
    public async Task<bool> WaitForExit(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _end.WaitAsync(limit, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits until a condition holds, asking it again and again while the process lives.</summary>
    /// <exception cref="CommandException">The process ended, or the time is up.</exception>
    public async Task Until(Func<Task<bool>> condition, TimeSpan limit, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (HasExited || Stopwatch.GetElapsedTime(started) > limit)
            {
                throw CommandException.Failed(
                    $"{what} within {limit.TotalSeconds} s; it {(HasExited ? $"ended with code {ExitCode}" : "did not")}. It printed: {Tail}");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Sends SIGKILL and waits.</summary>
    public Task Kill()
    {
        Send(Signal.Kill);
        return _end;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _process.Dispose();
            lock (_last)
            {
                _log.Dispose();
            }
        }
    }

    private async Task<int> End()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_last)
        {
            if (_log.BaseStream is { CanWrite: true })
            {
                _log.WriteLine(line);
            }

            _last.Enqueue(line.Length > KeptCharacters ? line[..KeptCharacters] : line);
            if (_last.Count > KeptLines)
            {
                _last.Dequeue();
            }
        }

        _onLine?.Invoke(line);
    }
}
