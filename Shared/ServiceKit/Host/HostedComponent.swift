import ServiceLifecycle

/// Runs one component in its turn: waits for the one before, starts, lets the next one start, runs, and stops.
///
/// It returns to its group only once it is told to stop: a service that ends early would make the group cancel those that still drain.
struct HostedComponent: Service {
    let component: ServiceComponent
    let before: StartGate
    let started: StartGate
    let state: HostState

    func run() async throws {
        guard await before.passes() else { return }
        do {
            try await component.onStart?()
        } catch {
            await state.stop(failure("did not start", error))
            try? await gracefulShutdown()
            return
        }
        started.open()
        do {
            try await component.service.run()
            if !Task.isShuttingDownGracefully, !Task.isCancelled {
                switch component.earlyEnd {
                case .isFine: break
                case .stopsService: await state.stop()
                case .isFailure:
                    await state.stop(
                        ServiceKitError(
                            .componentFinished, operation: "component \"\(component.name)\"",
                            detail: "it ended although nobody asked it to stop"))
                }
            }
        } catch is CancellationError where Task.isShuttingDownGracefully || Task.isCancelled {
            // The way in which many services stop.
        } catch {
            await state.stop(failure("failed", error))
        }
        if !Task.isShuttingDownGracefully { try? await gracefulShutdown() }
        if Task.isCancelled { state.isCut = true }
        await component.onStop?()
    }

    private func failure(_ what: String, _ error: any Error) -> ServiceKitError {
        ServiceKitError(.componentFailed, operation: "component \"\(component.name)\" \(what)", detail: "\(error)")
    }
}
