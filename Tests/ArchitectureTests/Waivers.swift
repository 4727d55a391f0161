/// The exceptions from the laws. Each says why; one that is no longer needed fails the test that reads it.
enum Waivers {
    static let dependencies: [Waiver] = [
        Waiver(
            place: "VitalctlAdapter", subject: "depends on IngestionCore",
            reason:
                "Vitalctl is the operator's command, not a service: `publish FILE` reads files with the reader that "
                + "runs live, so that both count the same records")
    ]

    static let bannedCode: [Waiver] = [
        Waiver(
            place: "Shared/TestSupport/Eventually.swift", subject: "Task.sleep",
            reason: "it is the one poll with a deadline that the other tests use"),
        Waiver(
            place: "Shared/Domain/SystemClock.swift", subject: "clock_gettime(",
            reason: "it is the one clock; Core may not make one (SystemClock() is banned there)"),
        Waiver(
            place: "Shared/ServiceKit/Host/HostState.swift", subject: "a stream without a bound",
            reason: "nothing is ever put into the gate's stream: only its end is awaited"),
        Waiver(
            place: "Tests/KafkaClientTests/Fixtures.swift", subject: "Task.sleep",
            reason: "a poll with a deadline, of a condition that no event announces"),
        Waiver(
            place: "Tests/KafkaClientTests/GroupTests.swift", subject: "Task.sleep",
            reason: "the load generator's pause while the producer's queue is full, not a synchronisation"),
        Waiver(
            place: "Tests/ServiceKitTests/ServiceHostTests.swift", subject: "Task.sleep",
            reason: "a part that hangs until it is cancelled, and a poll with a deadline over HTTP"),
        Waiver(
            place: "Tests/TortureTests", subject: "Task.sleep",
            reason: "polls with a deadline for the death of real processes, which no event announces"),
        Waiver(
            place: "Tests/TortureWorker/FaultProbe.swift", subject: "usleep(",
            reason: "SIGSTOP reaches the calling thread a moment later; the fault must not run on until then"),
    ]

    static let fileShapes: [Waiver] = [
        Waiver(
            place: "Shared/StreamRuntime/Engine", subject: "@unchecked Sendable",
            reason:
                "the engine's workers are threads of their own, which keeps blocking C calls off the cooperative pool; "
                + "each type names its lock or its thread"),
        Waiver(
            place: "Shared/Contracts/Codec/MessageReader.swift", subject: "@unchecked Sendable",
            reason: "the address of a constant of libprotobuf-c, compared and never read through"),
        Waiver(
            place: "Services/Vitalctl/Adapter/Console/Interrupt.swift", subject: "@unchecked Sendable",
            reason: "Dispatch's signal sources are thread-safe and not marked so; a mutex guards the rest"),
        Waiver(
            place: "Services/GeneRegulatoryNetwork/Adapter/DispatchParallelRunner.swift",
            subject: "nonisolated(unsafe)",
            reason: "cells shared by threads that all end before the call returns; each writes its own"),
        Waiver(
            place: "Shared/TestSupport/GuardedProcess.swift", subject: "@unchecked Sendable",
            reason: "Foundation's Process is not Sendable, and every use of it holds a lock"),
    ]

    /// Folders among the rooms that Package.swift does not build.
    static let foldersWithoutTarget: [Waiver] = [
        Waiver(
            place: "Tests/FuzzTargets", subject: "no target",
            reason: "a package of its own: its sanitizers (fuzzer, address) reach all that it links")
    ]

    /// Modules without a test target of their own name.
    static let untested: [Waiver] = [
        Waiver(
            place: "CHealthContracts", subject: "no tests",
            reason: "it is generated; ContractsTests regenerates it and compares"),
        Waiver(
            place: "CPharmacogenomicsTables", subject: "no tests",
            reason: "it is data; PharmacogenomicsCoreTests compare it with its sources"),
        Waiver(
            place: "StreamHosting", subject: "no tests",
            reason: "it joins a stream to a process; IngestionServiceTests and TortureTests start both services with it"
        ),
        Waiver(
            place: "TestSupport", subject: "no tests",
            reason: "every test that stands on it tests it"),
        Waiver(
            place: "VitalctlCore", subject: "no tests",
            reason: "VitalctlAdapterTests declares it and tests both in one target"),
    ]

    /// Executables that no cluster runs.
    static let undeployed: [Waiver] = [
        Waiver(
            place: "gene-regulatory-network", subject: "k8s/base/gene-regulatory-network/kustomization.yaml",
            reason: "it has offline commands only; there is nothing to run in a cluster yet"),
        Waiver(
            place: "gene-regulatory-network", subject: "deploy/compose.yaml",
            reason: "it has offline commands only; there is nothing to compose yet"),
        Waiver(
            place: "vitalctl", subject: "k8s/base/vitalctl/kustomization.yaml",
            reason: "the operator's command runs where the operator is, not in the cluster"),
        Waiver(
            place: "vitalctl", subject: "deploy/compose.yaml",
            reason: "the operator's command is run by hand against the stack"),
    ]
}
