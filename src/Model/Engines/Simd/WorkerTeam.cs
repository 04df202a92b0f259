namespace Tempera.Model.Engines.Simd;

/// <summary>Work that splits into independent blocks.</summary>
internal interface IBlockJob
{
    /// <summary>Computes one block. Blocks write disjoint memory, so any thread may run any block.</summary>
    void Execute(int block);
}

/// <summary>
/// A fixed set of threads that run the blocks of one job at a time. Which thread runs a block never affects a result:
/// blocks have fixed sizes and write disjoint memory.
/// </summary>
/// <remarks>
/// One caller at a time. A job is published by raising <c>_generation</c>; workers take block numbers from <c>_next</c> and
/// report through <c>_running</c>. Workers spin briefly between jobs, because a training round is a rapid sequence of short
/// jobs, and then sleep.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinIterations = 200;
    private readonly Thread[] _workers;
    private readonly Bed[] _beds;
    private IBlockJob? _job;
    private int _blocks;
    private int _next;
    private int _running;
    private int _generation;
    private volatile bool _stopping;

    public WorkerTeam(int threads)
    {
        _workers = new Thread[Math.Max(0, threads - 1)];
        _beds = Array.ConvertAll(_workers, _ => new Bed());
        for (var i = 0; i < _workers.Length; i++)
        {
            var bed = _beds[i];
            _workers[i] = new Thread(() => Work(bed)) { IsBackground = true, Name = $"tempera-engine-{i + 1}" };
            _workers[i].Start();
        }
    }

    /// <summary>Threads that take part, the caller included.</summary>
    public int Threads => _workers.Length + 1;

    /// <summary>Runs all blocks and returns when they are done.</summary>
    public void Run(IBlockJob job, int blocks)
    {
        if (_workers.Length == 0 || blocks <= 1)
        {
            for (var block = 0; block < blocks; block++)
            {
                job.Execute(block);
            }

            return;
        }

        _job = job;
        _blocks = blocks;
        Volatile.Write(ref _running, _workers.Length);
        Volatile.Write(ref _next, 0);
        Interlocked.Increment(ref _generation);
        foreach (var bed in _beds)
        {
            bed.Wake();
        }

        Take(job, blocks);
        var spin = new SpinWait();
        while (Volatile.Read(ref _running) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        for (var i = 0; i < _workers.Length; i++)
        {
            _beds[i].Wake();
            _workers[i].Join();
            _beds[i].Dispose();
        }
    }

    private void Take(IBlockJob job, int blocks)
    {
        for (var block = Interlocked.Increment(ref _next) - 1; block < blocks; block = Interlocked.Increment(ref _next) - 1)
        {
            job.Execute(block);
        }
    }

    private void Work(Bed bed)
    {
        var seen = 0;
        while (true)
        {
            AwaitGeneration(seen, bed);
            if (_stopping)
            {
                return;
            }

            seen = Volatile.Read(ref _generation);
            Take(_job!, _blocks);
            Interlocked.Decrement(ref _running);
        }
    }

    private void AwaitGeneration(int seen, Bed bed)
    {
        for (var i = 0; i < SpinIterations; i++)
        {
            if (Volatile.Read(ref _generation) != seen || _stopping)
            {
                return;
            }

            Thread.SpinWait(20);
        }

        while (Volatile.Read(ref _generation) == seen && !_stopping)
        {
            bed.Sleep(() => Volatile.Read(ref _generation) != seen || _stopping);
        }
    }

    /// <summary>
    /// Where one worker sleeps. It raises its flag before it looks at the generation again, and the caller raises the
    /// generation before it looks at the flag, so one of the two sees the other. Each worker has its own permit: with a common
    /// one, a quick worker could take the permit meant for a slow one, which would then sleep through the job.
    /// </summary>
    private sealed class Bed : IDisposable
    {
        private readonly SemaphoreSlim _permit = new(0);
        private int _sleeping;

        public void Sleep(Func<bool> isAwaited)
        {
            Interlocked.Exchange(ref _sleeping, 1);
            if (isAwaited() && Interlocked.Exchange(ref _sleeping, 0) == 1)
            {
                return;
            }

            _permit.Wait();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _sleeping, 0) == 1)
            {
                _permit.Release();
            }
        }

        public void Dispose() => _permit.Dispose();
    }
}
